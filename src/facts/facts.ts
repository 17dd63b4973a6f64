import type { Saying } from "../deployments/coded.ts";
import { sayingDegraded } from "../deployments/degradation.ts";
import type { Side } from "../deployments/membership.ts";
import type { Person } from "../deployments/person.ts";
import type { Meaning, Reading, Severity } from "../rules/rule.ts";
import type { SignalId } from "../rules/signal-id.ts";
import { firstBytes } from "./first-bytes.ts";
import { isOnBus } from "./on-bus.ts";
import { isConsequence, logOwnerOf, reasonsOf } from "./reasons.ts";
import { withOneMore } from "./reports.ts";
import { shortened } from "./shortened.ts";

/** One report about a deployment: an RDS event, something the API showed, or a message from one of the guard's operations. */
export interface Report {
  /** The event's delivery key; reports with the same key are one. */
  delivery: string;
  /** What says it: an RDS event, a look at the API, or an operation of the guard. */
  source: "event" | "look" | "operation";
  signal: SignalId;
  /** When it happened, ISO 8601, UTC. */
  at: string;
  /** The database or deployment under which RDS files the event. */
  sourceIdentifier: string;
  side?: Side;
  /** RDS's own text; empty for what RDS did not say. */
  message: string;
  /** What an operation of the guard says. */
  said?: Saying;
  /** Who takes it, and in whose place: somebody who pressed. */
  taken?: { by: Person; instead?: Person };
  /** Whom the entry of a fact that begins with it mentions, as Slack's ids. */
  calls?: readonly string[];
  reading: Reading;
}

/** Stands for the Slack channel of a deployment while that is not decided. */
export const SLACK = "slack";
/** The guard's own event bus. */
export const BUS = "bus";

/** Something the guard tells the team once: all reports of the same thing, with one entry in the deployment's thread. */
export interface Fact {
  /** Identifies the fact within its record. */
  id: string;
  signal: SignalId;
  severity: Severity;
  announce: boolean;
  once: boolean;
  reports: readonly Report[];
  /**
   * Where it is told, as was decided when it was taken: the ids of Slack channels, its deployment's own first, and `bus`. A setting or a
   * release that changes does not tell old facts again.
   */
  dest: readonly string[];
  /** The id of the fact whose entry also tells this one; its signal while that is still to come. */
  toldBy?: string;
  /** The ids of the Slack users and user groups that its entry mentions. */
  calls?: readonly string[];
}

/** The Slack channels in which a fact is told, its deployment's own first. */
export const channelsOf = ({ dest }: Pick<Fact, "dest">): string[] => dest.filter((it) => it !== BUS);

/** True for what a person has to act on, or may stop: wherever its deployment is told, it stands in the default channel, too. */
export const isForEverybody = ({ severity, announce }: Pick<Fact, "severity" | "announce">): boolean =>
  announce && (severity === "critical" || severity === "warning");

/** Reports of the same signal at most this far apart are one fact: RDS reports most things more than once. */
export const SAME_FACT_MS = 10 * 60_000;

/** The longest time that one fact can span, however closely its reports follow each other. */
const LONGEST_FACT_MS = 60 * 60_000;

/** The guard keeps so many bytes of an event's text; Slack shows less. */
const LONGEST_MESSAGE = 1_500;
/** And so many of each text that an operation of the guard says. */
const LONGEST_SAID = 900;
/** And so many of a reason that was read in an event. */
const LONGEST_REASON = 300;

/** What was dropped of the facts of one signal, so that a record stays within its size. */
export interface Dropped {
  /** How many facts. */
  n: number;
  /** When the last of them was last reported (ISO 8601): what is reported of that time or before is known, or given up with them. */
  upTo: string;
}

/**
 * Adds a report to the facts: to the fact that it repeats, otherwise as a new fact. Returns the same array if the report was known, or
 * belongs to a fact that was dropped.
 */
export function withReport(
  facts: readonly Fact[],
  meaning: Meaning,
  report: Report,
  dropped: Readonly<Record<string, Dropped>> = {},
): readonly Fact[] {
  const told = meaning.foldsInto ?? meaning;
  if (facts.some((fact) => fact.reports.some((it) => it.delivery === report.delivery))) return facts;
  const same = told.apart
    ? undefined
    : facts.find((fact) => fact.signal === told.id && isSame(fact, report) && subjectOf(told, fact.reports[0]) === subjectOf(told, report));
  const kept = shorter(report);
  if (!same) {
    if (report.at <= (dropped[told.id]?.upTo ?? "")) return facts;
    const fact: Fact = {
      id: `${told.id}|${report.delivery}`,
      signal: told.id,
      severity: told.severity,
      announce: told.announce ?? false,
      once: told.once ?? false,
      reports: [kept],
      dest: isOnBus(told.id) ? [SLACK, BUS] : [SLACK],
      ...(report.calls && { calls: report.calls }),
    };
    return [...facts, fact];
  }
  const reports = withOneMore(same.reports, kept);
  if (reports === same.reports) return facts;
  return facts.map((fact) => (fact.id === same.id ? { ...fact, reports } : fact));
}

function shorter(report: Report): Report {
  const { said } = report;
  const { reason } = report.reading;
  const reading = reason === undefined ? report.reading : { ...report.reading, reason: firstBytes(reason, LONGEST_REASON) };
  const message = firstBytes(report.message, LONGEST_MESSAGE);
  return { ...report, message, ...(said && { said: shortened(said, LONGEST_SAID) }), reading };
}

function isSame(fact: Fact, report: Report): boolean {
  if (fact.once) return true;
  const at = Date.parse(report.at);
  const times = fact.reports.map((it) => Date.parse(it.at));
  const span = Math.max(at, ...times) - Math.min(at, ...times);
  return span <= LONGEST_FACT_MS && times.some((time) => Math.abs(time - at) <= SAME_FACT_MS);
}

/** What the reports of one fact share besides signal and time: a signal that is told per database says one thing of one database. */
function subjectOf({ apartBy }: Meaning, report: Report | undefined): string {
  if (!apartBy || !report) return "";
  const { binaryLog, reason } = report.reading;
  // Interruptions without a reason are normal while green is being built, and must not swallow one with a reason.
  if (apartBy === "side")
    return `${report.side === "blue" || report.side === "old blue" ? "blue" : "green"}${reason ? ", with a reason" : ""}`;
  return binaryLog ? [logOwnerOf(report), binaryLog.file, binaryLog.position].join("|") : report.sourceIdentifier;
}

/** When the fact first happened, ISO 8601. */
export function firstAt(fact: Fact): string {
  return fact.reports.map((report) => report.at).sort()[0] ?? "";
}

/** The report that says most: the one with the most fields in its reading, then the longest. */
export function richest(fact: Fact): Report | undefined {
  const weight = (report: Report) => Object.keys(report.reading).length * 10_000 + report.message.length;
  return [...fact.reports].sort((a, b) => weight(b) - weight(a) || inTime(a, b))[0];
}

const inTime = (a: Report, b: Report): number => a.at.localeCompare(b.at) || a.delivery.localeCompare(b.delivery);

/**
 * Merges the readings of all reports of a fact.
 *
 * Each member of a deployment reports its own pair; the names are from the pair whose blue is `blue`, otherwise from the first reported.
 * No consequence replaces a cause; `reasonsOf` has every reason.
 */
export function readingOf(fact: Fact, blue?: string): Reading {
  const readings = [...fact.reports].sort(inTime).map((report) => report.reading);
  const pairs = readings.filter((reading) => reading.blue !== undefined);
  const chosen = (pairs.find((reading) => reading.blue === blue) ?? pairs[0])?.blue;
  const others = pairs
    .filter((reading) => reading.blue !== chosen)
    .map((it) => ({ ...it, blue: undefined, green: undefined, oldBlue: undefined }));
  const own = readings.filter((reading) => reading.blue === undefined || reading.blue === chosen);
  const merged = Object.assign({}, ...others, ...own) as Reading;
  const cause = merged.reason && isConsequence(merged.reason) ? reasonsOf(fact)[0]?.reason : undefined;
  return cause === undefined ? merged : { ...merged, reason: cause };
}

/** The latest fact with one of the signals, by the time it first happened. */
export function latest(facts: readonly Fact[], ...signals: SignalId[]): Fact | undefined {
  return facts.filter((fact) => signals.includes(fact.signal)).sort((a, b) => firstAt(b).localeCompare(firstAt(a)))[0];
}

/** The first report since `createTime` that says that replication is degraded, undefined if there is none. */
export function degradedReport(facts: readonly Fact[], createTime: string | undefined): Report | undefined {
  return sayingDegraded(
    facts.flatMap((fact) => fact.reports),
    createTime,
  )[0];
}
