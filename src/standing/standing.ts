import { rdsName } from "../deployments/arn.ts";
import { isUpgrading, progressOf } from "../deployments/built.ts";
import { isInvalid } from "../deployments/degradation.ts";
import type { Database, DeploymentView } from "../deployments/deployment.ts";
import { type Replication, replicationOf } from "../deployments/replication.ts";
import { degradedReport, type Fact, type Report } from "../facts/facts.ts";
import type { Memory } from "../facts/memory.ts";
import type { LagReading } from "../facts/record.ts";
import { isEvent } from "../facts/report-of.ts";
import type { Severity } from "../rules/rule.ts";
import type { SignalId } from "../rules/signal-id.ts";
import { endingOf } from "./ending.ts";
import type { Judged } from "./judged.ts";
import { leftoversOf } from "./leftovers.ts";
import { remember } from "./memory.ts";
import { obstaclesOf } from "./obstacles.ts";
import { mayDeleteGreen, type Offer, offersOf } from "./offers.ts";
import { type Phase, phaseOf } from "./phase.ts";
import { productionOf } from "./production.ts";
import { replicationStanding } from "./replication.ts";
import { severityOf, type Urgency, urgencyOf } from "./severity.ts";
import { type SideStanding, sidesOf } from "./sides.ts";
import type { OperationStanding, PolicyStanding, UnderWay } from "./under-way.ts";

/**
 * How a deployment stands: the one place that says so. Cards, threads, status, plans, checklists, buttons, the policy and the terminal ask it.
 *
 * It holds codes and data; the words are in `messages`. docs/standing.md says where each field comes from.
 */
export interface Standing extends Judged {
  id: string;
  name: string;
  statusDetails?: string;
  createTime?: string;
  severity: Severity;
  urgency: Urgency;
  /** True once every member was seen switched, even if the deployment was deleted since. */
  switched: boolean;
  /** True once RDS lists the names from after the switchover: until then `source` is called as new blue is by now. */
  renamed: boolean;
  replicationType?: Replication;
  /** How far green lags behind blue; absent if it was not read. */
  lag?: LagReading;
  progress: { done: number; of: number; now?: string };
  /** How long it took to build green before, in milliseconds; absent if the guard has not seen that. */
  lastBuildMs?: number;
  /** The source: blue, or old blue after the switchover. */
  source: SideStanding;
  /** The target: green, or new blue after the switchover; absent until it exists. */
  target?: SideStanding;
  /** The first event that said that replication is degraded. */
  degraded?: Report;
  /** How many facts the guard no longer keeps, since its record would have been too large. */
  dropped: number;
  offers: readonly Offer[];
  /** True if nothing says that a recreation would mend anything. */
  healthy: boolean;
  /** False if nothing may be said or done that deletes green: a member was switched, or a name may lead to green. */
  mayDeleteGreen: boolean;
}

/** Everything that a deployment's standing is derived from. */
export interface StandingInput {
  /** RDS's answer; the last one if RDS no longer knows the deployment. */
  view: DeploymentView;
  /** False if RDS no longer knows the deployment; true if omitted. */
  exists?: boolean;
  facts: readonly Fact[];
  /** What was remembered of its names before; nothing if this is the first look. */
  memory?: Memory;
  underWay?: UnderWay;
  /** How far green lags behind blue, as CloudWatch last said. */
  lag?: LagReading;
  lastBuildMs?: number;
  /** How many facts the guard no longer keeps; none if omitted. */
  dropped?: number;
  /** The options that a recreation has to be given; none if omitted. */
  missing?: readonly string[];
  /** The databases of a deployment that is gone which RDS still describes. */
  left?: readonly Database[];
  /** Milliseconds since 1970; 0 if omitted, and then no time has passed since any look. */
  now?: number;
}

const HEALTHY: readonly Phase[] = ["provisioning", "waiting", "ready", "recreating"];

/** Says how a deployment stands. */
export function standingOf(input: StandingInput): Standing {
  const { exists = true, facts, memory = {}, underWay = {}, missing = [], dropped = 0, left, now = 0 } = input;
  const view = left === undefined ? input.view : { ...input.view, databases: [...left] };
  const { deployment } = view;
  const { members } = remember(memory, view, facts);
  const source = rdsName(deployment.source);
  const over = members.every(({ outcome }) => outcome === "switched");
  const replication = over || !exists ? { state: "unknown" as const } : replicationStanding(view, facts);
  const creationFailed = isInvalid(deployment) || hasCreationFailed(view, facts);
  const production = productionOf(members);
  const obstacles = obstaclesOf({ view, members, production, replication, creationFailed });
  const ending = endingOf(deployment, members, memory.looks, now);
  const shown = phaseOf({
    deployment: exists ? deployment : undefined,
    members,
    ending,
    replication: replication.state,
    obstacles,
    creationFailed,
    recreating: underWay.recreating,
  });
  const operation = operationAt(underWay.operation, shown, facts);
  const phase = phaseDuring(shown, operation, underWay.policy);
  const judged: Judged = {
    status: deployment.status,
    exists,
    phase,
    members,
    production,
    replication,
    obstacles,
    missing,
    left: left === undefined ? [] : leftoversOf(members),
    unfinished: underWay.unfinished,
    cancelled: underWay.cancelled,
    operation,
    policy: underWay.policy,
  };
  return {
    ...judged,
    ...sidesOf(input.view),
    id: deployment.id,
    name: deployment.name,
    statusDetails: deployment.statusDetails,
    createTime: deployment.createTime,
    severity: severityOf(judged),
    urgency: urgencyOf(judged),
    switched: over,
    renamed: over && !members.some(({ word, name }) => word === source.kind && name === source.name),
    replicationType: replicationOf(input.view),
    lag: input.lag,
    progress: progressOf(deployment),
    lastBuildMs: input.lastBuildMs,
    degraded: degradedReport(facts, deployment.createTime),
    dropped,
    offers: offersOf(judged),
    healthy: HEALTHY.includes(phase),
    mayDeleteGreen: mayDeleteGreen(judged),
  };
}

const ROLLED_BACK: readonly SignalId[] = ["switchover-cancelled", "sequence-sync-failed", "switchover-failed"];

/** The operation, with whether RDS has ended what it waits for: events may say so before the operation looks again. */
function operationAt(operation: OperationStanding | undefined, phase: Phase, facts: readonly Fact[]): OperationStanding | undefined {
  if (operation?.name !== "switchover" || operation.failed !== undefined) return operation;
  const { since } = operation;
  const isRolledBack = facts.some(({ signal, reports }) => ROLLED_BACK.includes(signal) && reports.some(({ at }) => at > since));
  const isOver = phase === "switched-over" || phase === "partly-switched-over" || (isRolledBack && phase !== "switching-over");
  // What is over stops no more.
  const { stopping, ...rest } = operation;
  return isOver ? { ...rest, isOver } : operation;
}

/**
 * While the guard is at work, nothing is announced as ready: a recreation is waited for, a switchover has begun, or the policy looks whether
 * what RDS has said of replication is so.
 */
function phaseDuring(phase: Phase, operation: OperationStanding | undefined, policy: PolicyStanding | undefined): Phase {
  if (phase === "ready" && policy && policy.state !== "asking") return "waiting";
  if (!operation || operation.failed !== undefined || operation.isOver || (phase !== "ready" && phase !== "waiting")) return phase;
  return operation.name === "switchover" ? "switching-over" : "recreating";
}

/** True if RDS said that green could not be built, or not be upgraded, and it has not been since. */
function hasCreationFailed({ deployment }: DeploymentView, facts: readonly Fact[]): boolean {
  // What only the status said counts as long as it is the status.
  const isSaid = facts.some(({ signal, reports }) => signal === "creation-failed" && reports.some(isEvent));
  if (isSaid || deployment.tasks.some(({ status }) => status === "FAILED")) return true;
  const ofGreen = ({ side }: Report) => side !== "blue" && side !== "old blue";
  const timesOf = (signal: SignalId) =>
    facts.filter((fact) => fact.signal === signal).flatMap(({ reports }) => reports.filter(ofGreen).map(({ at }) => at));
  const failedAt = timesOf("engine-upgrade-failed").sort().at(-1);
  const finishedAt = timesOf("engine-upgrade-finished").sort().at(-1) ?? "";
  return failedAt !== undefined && failedAt > finishedAt && (isUpgrading(deployment) || deployment.status !== "AVAILABLE");
}
