/** A fact keeps this many reports; more of the same tell a reader nothing new. */
const MOST_REPORTS = 24;

/** True if it keeps no more reports. */
export const isFull = (reports: readonly unknown[]): boolean => reports.length >= MOST_REPORTS;

interface Reported {
  sourceIdentifier: string;
  signal: string;
  /** ISO 8601. */
  at: string;
}

/**
 * The reports of a fact with another one. If they are full, a later report takes the place of the last one of its database, by which is
 * judged how the database stands; otherwise they are the same array.
 */
export function withOneMore<T extends Reported>(reports: readonly T[], report: T): readonly T[] {
  if (reports.length < MOST_REPORTS) return [...reports, report];
  const ofDatabase = reports.filter((it) => it.sourceIdentifier === report.sourceIdentifier && it.signal === report.signal);
  const last = ofDatabase.sort((a, b) => a.at.localeCompare(b.at)).at(-1);
  return last && last.at < report.at ? reports.map((it) => (it === last ? report : it)) : reports;
}
