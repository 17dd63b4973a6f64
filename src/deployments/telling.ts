import type { Severity } from "../rules/rule.ts";
import { type Fact, firstAt, latest, type Report, readingOf, richest } from "./facts.ts";
import type { Summary } from "./summary.ts";

/** All that one thread entry says: a fact, put together from its reports, on the deployment it belongs to. */
export interface Telling {
  signal: string;
  severity: Severity;
  meaning: string;
  announce: boolean;
  /** When it first happened, ISO 8601. */
  at: string;
  reports: readonly Report[];
  /** The report that says most. */
  richest?: Report;
  reading: Report["reading"];
  /** True where it happened before green was built, when interruptions are part of the work. */
  whileBuilding: boolean;
  /** Milliseconds from the switchover's start to its completion, by the events' own times. */
  pauseMs?: number;
  /** Absent where no deployment was found. */
  deployment?: Summary;
}

/** Puts together what the entry of `fact` says, given all facts of its deployment. */
export function tellingOf(fact: Fact, facts: readonly Fact[], deployment: Summary | undefined): Telling {
  const { signal, severity, meaning, announce, reports } = fact;
  const at = firstAt(fact);
  const whileBuilding = isWhileBuilding(at, facts, deployment);
  return {
    signal,
    severity: whileBuilding && severity === "warning" && signal === "replication-stopped" ? "info" : severity,
    meaning,
    announce,
    at,
    reports,
    richest: richest(fact),
    reading: readingOf(fact),
    whileBuilding,
    pauseMs: signal === "switchover-completed" ? pause(fact, facts) : undefined,
    deployment,
  };
}

function isWhileBuilding(at: string, facts: readonly Fact[], deployment: Summary | undefined): boolean {
  const completed = latest(facts, "tasks-completed");
  return completed ? at <= firstAt(completed) : deployment?.phase === "provisioning";
}

function pause(completed: Fact, facts: readonly Fact[]): number | undefined {
  const end = Date.parse(firstAt(completed));
  const starts = facts.filter((it) => it.signal === "switchover-started").map((it) => Date.parse(firstAt(it)));
  const start = Math.max(...starts.filter((it) => it <= end));
  return Number.isFinite(start) ? end - start : undefined;
}
