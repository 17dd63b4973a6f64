import { rdsName } from "../deployments/arn.ts";
import { type Database, type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import { hasSwitched } from "../deployments/membership.ts";
import { type Phase, phaseOf, progressOf } from "../deployments/phase.ts";
import { type LagMetric, lagMetricOf, type Replication, replicationOf } from "../deployments/replication.ts";
import { degradedReport, type Fact, firstAt, latest, type Report } from "./facts.ts";

/** All that messages say of a deployment: the API's last answer and what was reported, put together. */
export interface Summary {
  id: string;
  name: string;
  status: string;
  statusDetails?: string;
  /** False once the API does not know the deployment any more. */
  exists: boolean;
  createTime?: string;
  phase: Phase;
  /** True once green has taken blue's names, also where the deployment was deleted since. */
  switched: boolean;
  replication?: Replication;
  /** Where the lag can be watched. */
  lag?: LagMetric;
  progress: { done: number; of: number; now?: string };
  /** The source: blue, or old blue once switched. */
  source: SideSummary;
  /** The target: green, or the new blue once switched; absent while it is not there yet. */
  target?: SideSummary;
  /** The report that said first that replication is degraded. */
  degraded?: Report;
  /** What an event said last of replication, where nothing is degraded. */
  replicating?: { running: boolean; at: string };
  /** True where, as far as events said, replication stopped after green was built and has not resumed: RDS then refuses a switchover. */
  stopped?: boolean;
  /** What the guard said where it deleted the deployment and could not create it again. */
  unfinished?: string;
  /** What the guard does to it now. */
  operation?: OperationSummary;
}

/** What the guard's operations are at with a deployment, as `operations` says it. */
export interface UnderWay {
  operation?: OperationSummary;
  /** Present where an operation deletes the deployment and creates another one in its place. */
  recreating?: "under way" | "failed";
  /** What was said where that failed after the deletion. */
  unfinished?: string;
}

/** An operation as a card shows it. */
export interface OperationSummary {
  /** What the guard is at, such as "Recreating". */
  doing: string;
  /** Which of its steps it is at; absent before the first. */
  step?: { at: number; of: number };
  /** What it said last. */
  text: string;
  /** What it waits for, where that moves. */
  shows?: string;
  /** For how long, rounded down to whole minutes or more. */
  elapsedMs: number;
  failed?: string;
}

/** One side of a deployment: its cluster or instance, and the names of all that belongs to it. */
export interface SideSummary {
  name: string;
  /** Absent where the database does not exist (any more). */
  database?: Pick<Database, "engine" | "engineVersion" | "status" | "configuration">;
  parameterGroups: string[];
  members: string[];
  /** The instance of a cluster that accepts writes; absent where that is not known, and for what is no cluster. */
  writer?: string;
}

/** Puts together what is known of a deployment. */
export function summaryOf(view: DeploymentView, exists: boolean, facts: readonly Fact[], underWay: UnderWay = {}): Summary {
  const { deployment } = view;
  const degraded = degradedReport(facts, deployment.createTime);
  const replication = replicating(facts);
  const creationFailed = latest(facts, "creation-failed") !== undefined;
  return {
    id: deployment.id,
    name: deployment.name,
    status: deployment.status,
    statusDetails: deployment.statusDetails,
    exists,
    createTime: deployment.createTime,
    phase: phaseOf(exists ? deployment : undefined, {
      degraded: degraded !== undefined,
      creationFailed,
      recreating: underWay.recreating,
    }),
    unfinished: underWay.unfinished,
    operation: underWay.operation,
    switched: hasSwitched(deployment),
    replication: replicationOf(view),
    lag: lagMetricOf(view),
    progress: progressOf(deployment),
    source: sideSummary(view, "source", deployment.source),
    target: deployment.target === undefined ? undefined : sideSummary(view, "target", deployment.target),
    degraded,
    replicating: replication,
    stopped: replication?.running === false && isSinceBuilt(replication.at, facts),
  };
}

function sideSummary(view: DeploymentView, end: "source" | "target", arn: string): SideSummary {
  const members = view.deployment.members.map((member) => member[end]).filter((it) => it !== undefined);
  const arns = [...new Set([arn, ...members])];
  const databases = arns.map((it) => databaseAt(view, it)).filter((it) => it !== undefined);
  return {
    name: rdsName(arn).name,
    database: databaseAt(view, arn),
    parameterGroups: [...new Set(databases.flatMap((it) => it.parameterGroups.map((group) => group.name)))],
    writer: databaseAt(view, arn)?.configuration?.clusterMembers?.find((it) => it.writer)?.identifier,
    members: arns.slice(1).map((it) => rdsName(it).name),
  };
}

/** While green is being built, interruptions are part of the work. */
function isSinceBuilt(at: string, facts: readonly Fact[]): boolean {
  const completed = latest(facts, "tasks-completed");
  return completed !== undefined && at > firstAt(completed);
}

/** Stops and resumptions within minutes are one fact each, so their reports decide; blue's own replicas say nothing of green. */
function replicating(facts: readonly Fact[]): Summary["replicating"] {
  const told = facts.filter(({ signal }) => signal === "replication-stopped" || signal === "replication-resumed");
  const reports = told.flatMap(({ signal, reports }) =>
    reports.map(({ at, side }) => ({ running: signal === "replication-resumed", at, side })),
  );
  const last = reports.filter(({ side }) => side !== "blue" && side !== "old blue").sort((a, b) => b.at.localeCompare(a.at))[0];
  return last && { running: last.running, at: last.at };
}
