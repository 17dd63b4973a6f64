import { areTasksDone, isBuilt, progressOf } from "../deployments/built.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { type Fact, latest, type Report } from "../facts/facts.ts";
import { isSame } from "../facts/hash-of.ts";
import { isEvent } from "../facts/report-of.ts";
import type { Reading } from "../rules/rule.ts";
import type { SignalId } from "../rules/signal-id.ts";
import type { ReplicationState } from "./replication.ts";
import type { Standing } from "./standing.ts";

/** Something that a look at RDS shows and that is to be told. */
export interface Observation {
  signal: SignalId;
  report: Report;
}

/** What is looked at. */
export interface Looked {
  /** How the deployment stands at `now`. */
  standing: Standing;
  /** As the API shows it; undefined if it is gone. */
  deployment?: Deployment;
  facts: readonly Fact[];
  /** The time since which `progressShown` has not changed, ISO 8601. */
  progressSince?: string;
  /** ISO 8601. */
  now: string;
  /** PROVISIONING without progress for this long counts as stuck; never if omitted. */
  stuckAfterHours?: number;
}

/** Finds what to tell about a look, and leaves out what an event or an earlier look told already. */
export function observe(looked: Looked): Observation[] {
  const { deployment, standing, facts, now } = looked;
  const fresh = (seen: readonly Seen[]) =>
    notTold(
      seen.map((it) => observation(standing.id, now, it)),
      facts,
    );
  const shown = fresh(deployment ? ofDeployment(looked, deployment) : [{ signal: "deployment-deleted" }]);
  const replication = fresh(ofReplication(looked));
  const isTold = [...shown, ...replication].some(({ signal }) => LOSSES.includes(signal));
  return [...shown, ...fresh(ofStanding(standing, facts, isTold)), ...replication];
}

/** What says, besides `ready-lost`, that a deployment is not ready any more. */
const LOSSES: readonly SignalId[] = [
  "creation-failed",
  "invalid-configuration",
  "member-missing",
  "replication-degraded",
  "shown-degraded",
  "shown-terminated",
  "switchover-failed",
];

interface Seen {
  signal: SignalId;
  reading?: Reading;
}

function ofDeployment(looked: Looked, deployment: Deployment): Seen[] {
  const { standing, facts } = looked;
  const { status, statusDetails } = deployment;
  const isEnded = standing.phase === "switched-over" || standing.phase === "partly-switched-over";
  const missing = standing.members
    .filter(({ outcome }) => outcome === "missing")
    .map(({ name, status }) => ({ name, side: status === "MISSING_SOURCE" ? ("blue" as const) : ("green" as const) }));
  const seen: (Seen | false)[] = [
    // While it is deleted or waited for by the guard, only the event is news.
    status === "AVAILABLE" && isBuilt(deployment) && standing.phase !== "recreating" && { signal: "tasks-completed" },
    status === "SWITCHOVER_COMPLETED" && { signal: "switchover-completed" },
    (status === "SWITCHOVER_FAILED" || hasFailed(standing)) && !isEnded && { signal: "switchover-failed", reading: because(statusDetails) },
    status === "INVALID_CONFIGURATION" && !isEnded && { signal: invalidAs(deployment, facts), reading: because(statusDetails) },
    isStuck(looked, deployment) && { signal: "provisioning-stuck", reading: stuckAt(looked, deployment) },
    missing.length > 0 && !isEnded && standing.phase !== "switching-over" && { signal: "member-missing", reading: { missing } },
  ];
  return seen.filter((it) => it !== false);
}

/** A failed creation leaves the same status, so a look that comes before its event means the same; what was built did not fail to be. */
function invalidAs(deployment: Deployment, facts: readonly Fact[]): "creation-failed" | "invalid-configuration" {
  const isBuiltOnce = areTasksDone(deployment) || latest(facts, "tasks-completed") !== undefined;
  return latest(facts, "creation-failed") || !isBuiltOnce ? "creation-failed" : "invalid-configuration";
}

/** RDS may show it of a member alone. */
const hasFailed = ({ phase, members, unfinished }: Standing): boolean =>
  phase === "failed" && unfinished === undefined && members.some(({ outcome }) => outcome === "failed");

/** With `isTold` something else says at this look why it is not ready any more. */
function ofStanding(standing: Standing, facts: readonly Fact[], isTold: boolean): Seen[] {
  const { phase, switched } = standing;
  const wasReady = latest(facts, "ready", "ready-lost", ...LOSSES)?.signal === "ready";
  if (phase === "ready" && !wasReady) return [{ signal: "ready" }];
  if (wasReady && !isTold && isLost(standing, facts)) return [{ signal: "ready-lost" }];
  if (phase === "partly-switched-over" || isLeftInPart(standing)) return [{ signal: "partly-switched-over" }];
  return switched && (phase === "switched-over" || phase === "deleted") ? [{ signal: "switched-over" }] : [];
}

/** True for a loss that only a look shows: what an event said is told already, and what the guard does, it tells itself. */
function isLost({ phase, replication, unfinished }: Standing, facts: readonly Fact[]): boolean {
  if (phase === "waiting" || phase === "provisioning" || phase === "unknown") return true;
  if (phase === "degraded") return replication.by?.from === "api";
  return phase === "failed" && unfinished === undefined && !latest(facts, "creation-failed", "engine-upgrade-failed");
}

/** True for a deployment that is gone, and of which a name still leads to blue while others lead to green. */
const isLeftInPart = ({ exists, members }: Standing): boolean =>
  !exists &&
  members.some(({ outcome }) => outcome === "switched") &&
  members.some(({ outcome, bearer }) => outcome !== "switched" && bearer === "blue");

/** What the API says of replication that no event has said; interruptions are normal until green is built. */
function ofReplication({ standing: { replication, phase }, deployment, facts }: Looked): Seen[] {
  if (!deployment || phase === "switching-over" || phase === "switched-over" || phase === "partly-switched-over") return [];
  const { state, by } = replication;
  const shown = lastShown(facts);
  if (state === "replicating") return shown && shown !== RESUMED && areTasksDone(deployment) ? [{ signal: RESUMED }] : [];
  const signal = SHOWN_AS[state];
  if (by?.from !== "api" || !signal) return [];
  if (signal === "replication-stopped" && eventOf(by.database, facts)?.signal === signal) return [];
  const isFinal = state === "degraded" || state === "terminated";
  return isFinal || (areTasksDone(deployment) && shown !== signal) ? [{ signal, reading: because(by.message) }] : [];
}

const because = (reason: string | undefined): Reading => (reason ? { reason } : {});

const RESUMED = "replication-resumed";

/** RDS has an event for what is stopped, so the look and the event are one, whichever comes first. */
const SHOWN_AS: Partial<Record<ReplicationState, SignalId>> = {
  stopped: "replication-stopped",
  error: "shown-error",
  degraded: "shown-degraded",
  terminated: "shown-terminated",
};

/** The last interruption that only the API showed, or that replication runs since, whatever said so. */
function lastShown(facts: readonly Fact[]): SignalId | undefined {
  const isShown = (report: Report) => ["shown-error", "replication-stopped"].includes(report.signal) && !isEvent(report);
  const reports = facts.flatMap((fact) => fact.reports.filter((it) => it.signal === RESUMED || isShown(it)));
  return reports.sort((a, b) => b.at.localeCompare(a.at))[0]?.signal;
}

/** The newest event that says of a database whether it replicates. */
function eventOf(database: string, facts: readonly Fact[]): Report | undefined {
  const reports = facts.flatMap((fact) => (/^replication-(stopped|resumed)$/.test(fact.signal) ? fact.reports : []));
  return reports.filter((it) => it.sourceIdentifier === database).sort((a, b) => b.at.localeCompare(a.at))[0];
}

/** Told whenever it becomes true, as `observe` decides. */
const REPEATED: ReadonlySet<SignalId> = new Set(["ready", "ready-lost", "shown-error", "replication-stopped", RESUMED]);

/** Repeats a switchover that failed again after a new attempt, and newly missing members; tells everything else once. */
function notTold(seen: Observation[], facts: readonly Fact[]): Observation[] {
  const reports = facts.flatMap((fact) => fact.reports);
  const lastTry = latestAt(reports, "switchover-started");
  return seen.filter(({ signal, report }) => {
    const told = facts.some((fact) => fact.signal === signal);
    if (REPEATED.has(signal)) return true;
    if (signal === "member-missing")
      return !reports.some((it) => it.signal === signal && isSame(it.reading.missing, report.reading.missing));
    return !told || (signal === "switchover-failed" && latestAt(reports, signal) < lastTry);
  });
}

function latestAt(reports: readonly Report[], signal: SignalId): string {
  const times = reports.filter((it) => it.signal === signal).map(({ at }) => at);
  return times.sort().at(-1) ?? "";
}

/** What changes in a deployment while RDS builds green, as a comparable text. */
export function progressShown(deployment: Deployment): string {
  return JSON.stringify([deployment.status, deployment.target, deployment.tasks, deployment.members.map((member) => member.status)]);
}

function isStuck({ progressSince, now, stuckAfterHours }: Looked, { status }: Deployment): boolean {
  if (status !== "PROVISIONING" || !progressSince || stuckAfterHours === undefined) return false;
  return Date.parse(now) - Date.parse(progressSince) >= stuckAfterHours * 3_600_000;
}

function stuckAt({ progressSince: since = "" }: Looked, deployment: Deployment): Reading {
  const { done, of, now: task } = progressOf(deployment);
  return { stuck: { done, of, ...(task !== undefined && { task }), since } };
}

function observation(id: string, at: string, { signal, reading = {} }: Seen): Observation {
  const delivery = `api|${id}|${signal}|${at}`;
  return { signal, report: { delivery, source: "look", signal, at, sourceIdentifier: id, message: "", reading } };
}
