import { rdsName } from "../deployments/arn.ts";
import { isBuilt } from "../deployments/built.ts";
import { isInvalid } from "../deployments/degradation.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { progressOf } from "../deployments/phase.ts";
import { utc } from "../deployments/time-words.ts";
import { type Fact, latest, type Report } from "./facts.ts";

/** Something the API shows that an event should have reported, or that no event reports. */
export interface Observation {
  signal: string;
  report: Report;
}

/** What the API's answer is compared with. */
export interface Known {
  facts: readonly Fact[];
  /** The time since which `progressShown` has not changed, ISO 8601. */
  progressSince?: string;
}

/**
 * Finds what to tell about a deployment (undefined if it is gone) as the API shows it at `now` (ISO 8601).
 *
 * Leaves out what an event or an earlier look told already. PROVISIONING without progress for `stuckAfterHours` counts as stuck.
 */
export function observe(id: string, deployment: Deployment | undefined, known: Known, now: string, stuckAfterHours: number): Observation[] {
  if (!deployment) return notTold([observation("deployment-deleted", id, now)], known.facts);
  const seen: Observation[] = [];
  const { status } = deployment;
  if (status === "AVAILABLE" && isBuilt(deployment)) seen.push(observation("tasks-completed", id, now));
  if (status === "SWITCHOVER_COMPLETED") seen.push(observation("switchover-completed", id, now));
  if (status === "SWITCHOVER_FAILED") seen.push(observation("switchover-failed", id, now, deployment.statusDetails));
  // A failed creation leaves the same status, and its event has given the reason.
  if (isInvalid(deployment) && !latest(known.facts, "creation-failed")) {
    seen.push(observation("invalid-configuration", id, now, deployment.statusDetails));
  }
  if (isStuck(deployment, known, now, stuckAfterHours))
    seen.push(observation("provisioning-stuck", id, now, stuckReason(deployment, known)));
  seen.push(...missingMembers(deployment, now));
  return notTold(seen, known.facts);
}

/** Repeats a switchover that failed again after a new attempt, and newly missing members; tells everything else once. */
function notTold(seen: Observation[], facts: readonly Fact[]): Observation[] {
  const reports = facts.flatMap((fact) => fact.reports);
  const lastTry = latestAt(reports, "switchover-started");
  return seen.filter(({ signal, report }) => {
    const told = facts.some((fact) => fact.signal === signal);
    if (signal === "member-missing") return !reports.some((it) => it.signal === signal && it.reading.reason === report.reading.reason);
    return !told || (signal === "switchover-failed" && latestAt(reports, signal) < lastTry);
  });
}

function latestAt(reports: readonly Report[], signal: string): string {
  const times = reports.filter((it) => it.signal === signal).map(({ at }) => at);
  return times.sort().at(-1) ?? "";
}

/** What changes in a deployment while RDS builds green, as a comparable text. */
export function progressShown(deployment: Deployment): string {
  return JSON.stringify([deployment.status, deployment.target, deployment.tasks, deployment.members.map((member) => member.status)]);
}

function isStuck(deployment: Deployment, { progressSince }: Known, now: string, stuckAfterHours: number): boolean {
  if (deployment.status !== "PROVISIONING" || !progressSince) return false;
  return Date.parse(now) - Date.parse(progressSince) >= stuckAfterHours * 3_600_000;
}

function stuckReason(deployment: Deployment, { progressSince = "" }: Known): string {
  const { done, of, now } = progressOf(deployment);
  return `${done} of ${of} tasks done${now ? `, at ${now}` : ""}, unchanged since ${utc(progressSince)}`;
}

const MISSING: Record<string, "source" | "target"> = { MISSING_SOURCE: "source", MISSING_TARGET: "target" };

function missingMembers(deployment: Deployment, now: string): Observation[] {
  const missing = deployment.members.filter((member) => MISSING[member.status ?? ""] !== undefined);
  if (missing.length === 0) return [];
  const names = missing.map((member) => {
    const side = MISSING[member.status ?? ""] ?? "source";
    return `${side === "source" ? "blue" : "green"} of ${rdsName(member.source ?? member.target ?? "").name}`;
  });
  return [observation("member-missing", deployment.id, now, names.join(", "))];
}

function observation(signal: string, id: string, at: string, reason?: string): Observation {
  const delivery = `api|${id}|${signal}|${at}`;
  return { signal, report: { delivery, signal, at, sourceIdentifier: id, message: "", reading: reason ? { reason } : {} } };
}
