import { blueNameOf } from "../deployments/arn.ts";
import { type Fact, firstAt, latest, type Report, readingOf, richest } from "../facts/facts.ts";
import { type BuildStep, isBuildStep } from "../facts/one-message.ts";
import { isEvent } from "../facts/report-of.ts";
import { withToldBy } from "../facts/told-by.ts";
import type { Severity } from "../rules/rule.ts";
import type { SignalId } from "../rules/signal-id.ts";
import type { Standing } from "./standing.ts";

/** Everything that a thread entry says: a fact, combined from its reports, and its deployment. */
export interface ThreadEntry {
  signal: SignalId;
  severity: Severity;
  announce: boolean;
  /** When it first happened, ISO 8601. */
  at: string;
  reports: readonly Report[];
  /** The report that says most. */
  richest?: Report;
  reading: Report["reading"];
  /** True if it happened before green was built, when interruptions are normal. */
  whileBuilding: boolean;
  /** The steps of building green that this entry tells, in order; absent if it tells one thing. */
  steps?: readonly { signal: BuildStep; at: string }[];
  /** Milliseconds from the switchover's start to its completion, by the events' own times. */
  pauseMs?: number;
  /** Present if RDS synchronised sequences in the switchover that completed. */
  sequences?: { tookMs?: number };
  /** The id of the announced operation's request, while it can still be held. */
  holds?: string;
  /** Absent if no deployment was found. */
  deployment?: Standing;
}

/** Builds the thread entry for `fact`, given all facts of its deployment. */
export function threadEntryOf(told: Fact, facts: readonly Fact[], deployment: Standing | undefined): ThreadEntry {
  const fact = withToldBy(told, facts);
  const { signal, announce, reports } = fact;
  const isEnd = ENDS.includes(signal);
  // What RDS said of the end counts for each entry about it, whichever told it first.
  const all = isEnd ? { ...fact, reports: facts.flatMap((it) => (ENDS.includes(it.signal) ? it.reports : [])) } : fact;
  const at = firstAt(fact);
  const whileBuilding = isWhileBuilding(at, facts, deployment);
  const blue = deployment && blueNameOf(deployment.source.name);
  return {
    signal,
    severity: severityOf(fact, whileBuilding, deployment),
    announce,
    at,
    reports,
    richest: richest(fact),
    reading: readingOf(all, blue),
    whileBuilding,
    steps: stepsOf(told, facts),
    pauseMs: isEnd ? pause(all, facts, blue) : undefined,
    sequences: isEnd ? sequences(at, facts) : undefined,
    holds: signal === "recreate-announced" ? holdable(fact, facts) : undefined,
    deployment,
  };
}

const ENDS: readonly SignalId[] = [
  "switchover-completed",
  "switched-over",
  "partly-switched-over",
  "switchover-operation-done",
  "switchover-operation-partly",
];

function stepsOf(told: Fact, facts: readonly Fact[]): ThreadEntry["steps"] {
  const others = facts.filter(({ toldBy }) => toldBy === told.id);
  if (!isBuildStep(told.signal) || others.length === 0) return undefined;
  const steps = [told, ...others].flatMap((fact) => (isBuildStep(fact.signal) ? [{ signal: fact.signal, at: firstAt(fact) }] : []));
  return steps.sort((a, b) => a.at.localeCompare(b.at));
}

/** Whatever the announced operation reports next ends the chance to hold it. */
function holdable(announced: Fact, facts: readonly Fact[]): string | undefined {
  const requestId = announced.reports[0]?.reading.operation?.requestId;
  const isOver = facts.some((it) => it.id !== announced.id && it.reports.some(({ reading }) => reading.operation?.requestId === requestId));
  return isOver ? undefined : requestId;
}

function severityOf(fact: Fact, whileBuilding: boolean, deployment: Standing | undefined): Severity {
  const { signal, severity } = fact;
  if (signal === "replication-stopped" && whileBuilding && !readingOf(fact).reason) return "info";
  if (signal === "ready" && deployment?.degraded) return "info";
  if (signal === "tasks-completed") return deployment?.degraded ? "critical" : "info";
  if (signal === "ready") return !deployment || deployment.phase === "ready" ? severity : "info";
  if (signal === "switchover-completed") return !deployment || deployment.phase === "switched-over" ? severity : "info";
  return signal === "switchover-cancelled" && deployment?.members.some(({ outcome }) => outcome === "switched") ? "critical" : severity;
}

/** An event says when green was built; a look only that it was built before, so what is stopped then may have stopped since. */
function isWhileBuilding(at: string, facts: readonly Fact[], deployment: Standing | undefined): boolean {
  const completed = latest(facts, "tasks-completed");
  if (!completed) return deployment?.phase === "provisioning";
  const isKnown = completed.reports.some(isEvent) || deployment?.replication.state !== "stopped";
  return isKnown && at <= firstAt(completed);
}

/**
 * From the start of the successful attempt to the completion of the deployment's own pair, in milliseconds.
 *
 * An attempt cancelled minutes earlier shares its fact with the next one, so only start reports after the cancellation count.
 */
function pause(completed: Fact, facts: readonly Fact[], blue: string | undefined): number | undefined {
  const ends = timesOf([completed], (report) => isEvent(report) && report.reading.blue === blue);
  const end = Math.min(...(ends.length > 0 ? ends : timesOf([completed], isEvent)));
  const cancelled = facts.filter((it) => CANCELLATIONS.includes(it.signal));
  const since = Math.max(...timesOf(cancelled).filter((it) => it <= end));
  const attempts = facts
    .filter((it) => it.signal === "switchover-started")
    .map((it) => timesOf([it]).filter((at) => since < at && at <= end));
  const start = Math.max(...attempts.filter((it) => it.length > 0).map((it) => Math.min(...it)));
  return Number.isFinite(end - start) ? end - start : undefined;
}

/** The last synchronisation before the completion, from its first start to its last end. */
function sequences(completedAt: string, facts: readonly Fact[]): ThreadEntry["sequences"] {
  const before = Date.parse(completedAt);
  const timesBefore = (signal: SignalId) => timesOf(facts.filter((it) => it.signal === signal)).filter((at) => at <= before);
  const end = Math.max(...timesBefore("sequence-sync-completed"));
  if (!Number.isFinite(end)) return undefined;
  const failed = Math.max(...timesOf(facts.filter((it) => CANCELLATIONS.includes(it.signal))).filter((at) => at <= end));
  const start = Math.min(...timesBefore("sequence-sync-started").filter((at) => at > failed));
  return { tookMs: Number.isFinite(start) ? end - start : undefined };
}

const CANCELLATIONS: readonly SignalId[] = ["switchover-cancelled", "sequence-sync-failed"];

function timesOf(facts: readonly Fact[], which: (report: Report) => boolean = () => true): number[] {
  return facts.flatMap((fact) => fact.reports.filter(which)).map((report) => Date.parse(report.at));
}
