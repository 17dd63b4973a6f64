import { sayingDegraded } from "../deployments/degradation.ts";
import type { Side } from "../deployments/membership.ts";
import type { Meaning, Reading, Severity } from "../rules/rule.ts";

/** One thing that was reported of a deployment: an RDS event, or what a look at the API showed. */
export interface Report {
  /** The event's delivery key: the same report twice is one. */
  delivery: string;
  signal: string;
  /** ISO 8601, UTC: when it happened. */
  at: string;
  /** The database or deployment that the event is filed under. */
  sourceIdentifier: string;
  side?: Side;
  message: string;
  reading: Reading;
}

/** What a team is told once: all reports of the same thing, with one entry in the deployment's thread. */
export interface Fact {
  /** Names the fact within its record. */
  id: string;
  signal: string;
  severity: Severity;
  meaning: string;
  announce: boolean;
  once: boolean;
  reports: Report[];
  /** Slack's ts of the entry, once it is posted. */
  ts?: string;
  /** How many of the reports the entry shows. */
  shown: number;
  /** True once it stands on the guard's event bus, where it belongs there. */
  published?: boolean;
}

/** Reports of the same signal are one fact up to this far apart: RDS says most things more than once. */
export const SAME_FACT_MS = 10 * 60_000;

/** What goes on for longer is told again, though each report follows the one before. */
const LONGEST_FACT_MS = 60 * 60_000;

/** An event's text is kept up to this length; Slack shows less. */
const LONGEST_MESSAGE = 1_500;

/** A fact keeps this many reports; more of the same add nothing for a reader. */
const MOST_REPORTS = 40;

/** A record keeps this many facts and forgets the oldest that are told: DynamoDB takes 400 KB an item. */
const MOST_FACTS = 200;

/**
 * The facts with one more report: merged into the fact that it repeats, else as a new fact; the same array where it was known.
 *
 * A "started" that arrives after its "completed" makes that entry be shown again, since the pause between them is now known.
 */
export function withReport(facts: readonly Fact[], meaning: Meaning, report: Report): readonly Fact[] {
  const told = meaning.foldsInto ?? meaning;
  if (facts.some((fact) => fact.reports.some((it) => it.delivery === report.delivery))) return facts;
  const same = told.apart ? undefined : facts.find((fact) => fact.signal === told.id && isSame(fact, report));
  const kept = { ...report, message: report.message.slice(0, LONGEST_MESSAGE) };
  if (!same) {
    const fact: Fact = {
      id: `${told.id}|${report.delivery}`,
      signal: told.id,
      severity: told.severity,
      meaning: told.meaning,
      announce: told.announce ?? false,
      once: told.once ?? false,
      reports: [kept],
      shown: 0,
    };
    return [...withoutOldest(shownAgain(facts, told)), fact];
  }
  if (same.reports.length >= MOST_REPORTS) return facts;
  return shownAgain(facts, told).map((fact) => (fact.id === same.id ? { ...fact, reports: [...fact.reports, kept] } : fact));
}

function withoutOldest(facts: readonly Fact[]): readonly Fact[] {
  if (facts.length < MOST_FACTS) return facts;
  const oldest = facts.filter((fact) => !fact.once && !fact.reports.some((it) => it.reading.degraded) && fact.shown >= fact.reports.length);
  const [forgotten] = oldest.sort((a, b) => firstAt(a).localeCompare(firstAt(b)));
  return facts.filter((fact) => fact !== forgotten);
}

function shownAgain(facts: readonly Fact[], told: Meaning): readonly Fact[] {
  if (told.id !== "switchover-started") return facts;
  return facts.map((fact) => (fact.signal === "switchover-completed" ? { ...fact, shown: 0 } : fact));
}

function isSame(fact: Fact, report: Report): boolean {
  if (fact.once) return true;
  const at = Date.parse(report.at);
  const times = fact.reports.map((it) => Date.parse(it.at));
  const span = Math.max(at, ...times) - Math.min(at, ...times);
  return span <= LONGEST_FACT_MS && times.some((time) => Math.abs(time - at) <= SAME_FACT_MS);
}

/** When the fact first happened, ISO 8601. */
export function firstAt(fact: Fact): string {
  return fact.reports.map((report) => report.at).sort()[0] ?? "";
}

/** The report that says most: the one with most to read in it, else the longest. */
export function richest(fact: Fact): Report | undefined {
  const weight = (report: Report) => Object.keys(report.reading).length * 10_000 + report.message.length;
  return [...fact.reports].sort((a, b) => weight(b) - weight(a) || inTime(a, b))[0];
}

const inTime = (a: Report, b: Report): number => a.at.localeCompare(b.at) || a.delivery.localeCompare(b.delivery);

/**
 * What all reports of a fact together say.
 *
 * Members of a deployment report pairs of their own: the names are those of the pair whose blue is `blue`, else of the first one told.
 */
export function readingOf(fact: Fact, blue?: string): Reading {
  const readings = [...fact.reports].sort(inTime).map((report) => report.reading);
  const pairs = readings.filter((reading) => reading.blue !== undefined);
  const chosen = (pairs.find((reading) => reading.blue === blue) ?? pairs[0])?.blue;
  const others = pairs
    .filter((reading) => reading.blue !== chosen)
    .map((it) => ({ ...it, blue: undefined, green: undefined, oldBlue: undefined }));
  const own = readings.filter((reading) => reading.blue === undefined || reading.blue === chosen);
  return Object.assign({}, ...others, ...own) as Reading;
}

/** The facts whose entry is missing or says less than is known, oldest first. */
export function untold(facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => fact.shown < fact.reports.length).sort((a, b) => firstAt(a).localeCompare(firstAt(b)));
}

/** The latest fact with one of the signals, by when it happened. */
export function latest(facts: readonly Fact[], ...signals: string[]): Fact | undefined {
  return facts.filter((fact) => signals.includes(fact.signal)).sort((a, b) => firstAt(b).localeCompare(firstAt(a)))[0];
}

/** When a text first said that replication is degraded, if one did since `createTime`, and which report. */
export function degradedReport(facts: readonly Fact[], createTime: string | undefined): Report | undefined {
  return sayingDegraded(
    facts.flatMap((fact) => fact.reports),
    createTime,
  )[0];
}

/** True where a text says that replication is degraded, or RDS that green's configuration is invalid. */
export function isDegraded(facts: readonly Fact[], createTime: string | undefined): boolean {
  return degradedReport(facts, createTime) !== undefined || latest(facts, "invalid-configuration") !== undefined;
}
