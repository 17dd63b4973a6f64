import { rdsName } from "../deployments/arn.ts";
import { type Database, type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import { hasSwitched } from "../deployments/membership.ts";
import { type Phase, phaseOf, progressOf } from "../deployments/phase.ts";
import { type LagMetric, lagMetricOf, type Replication, replicationOf } from "../deployments/replication.ts";
import { degradedReport, type Fact, firstAt, latest, type Report } from "./facts.ts";

/** Everything that messages say about a deployment, from the API's last answer and the reports. */
export interface Summary {
  id: string;
  name: string;
  status: string;
  statusDetails?: string;
  /** False once the API no longer knows the deployment. */
  exists: boolean;
  createTime?: string;
  phase: Phase;
  /** True once green has taken blue's names, even if the deployment was deleted since. */
  switched: boolean;
  replication?: Replication;
  /** The CloudWatch metric that shows the lag. */
  lag?: LagMetric;
  progress: { done: number; of: number; now?: string };
  /** The source: blue, or old blue after the switchover. */
  source: SideSummary;
  /** The target: green, or new blue after the switchover; absent until it exists. */
  target?: SideSummary;
  /** The first report that replication is degraded. */
  degraded?: Report;
  /** What the last event about green's replication said: running or stopped. */
  replicating?: { running: boolean; at: string };
  /** True if, according to events, replication stopped after green was built and has not resumed: RDS then refuses a switchover. */
  stopped?: boolean;
  /** What the guard said when it had deleted the deployment and could not create it again. */
  unfinished?: string;
  /** What the guard is doing to it now. */
  operation?: OperationSummary;
}

/** The guard's operation on a deployment, as `operations` describes it. */
export interface UnderWay {
  operation?: OperationSummary;
  /** Present if the operation replaces the deployment: deletes it and creates another one. */
  recreating?: "under way" | "failed";
  /** What the guard said if that failed after the deletion. */
  unfinished?: string;
}

/** An operation as a card shows it. */
export interface OperationSummary {
  /** What the guard is doing, such as "Recreating". */
  doing: string;
  /** The step that it has reached, out of how many; absent before the first. */
  step?: { at: number; of: number };
  /** Its latest text. */
  text: string;
  /** What it waits for, if that changes over time. */
  shows?: string;
  /** How long it has run, in milliseconds, rounded down to minutes and more coarsely the longer it runs. */
  elapsedMs: number;
  failed?: string;
}

/** One side of a deployment: its cluster or instance, and the names of everything that belongs to it. */
export interface SideSummary {
  name: string;
  /** Absent if the database does not exist (or no longer does). */
  database?: Pick<Database, "engine" | "engineVersion" | "status" | "configuration">;
  parameterGroups: string[];
  members: string[];
  /** The cluster's instance that accepts writes; absent if unknown, or if this is not a cluster. */
  writer?: string;
}

/** Combines everything known about a deployment. */
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

/** Interruptions are normal while green is being built. */
function isSinceBuilt(at: string, facts: readonly Fact[]): boolean {
  const completed = latest(facts, "tasks-completed");
  return completed !== undefined && at > firstAt(completed);
}

/** Compares reports, since one fact can span several stops or resumptions; ignores blue's own replicas. */
function replicating(facts: readonly Fact[]): Summary["replicating"] {
  const told = facts.filter(({ signal }) => signal === "replication-stopped" || signal === "replication-resumed");
  const reports = told.flatMap(({ signal, reports }) =>
    reports.map(({ at, side }) => ({ running: signal === "replication-resumed", at, side })),
  );
  const last = reports.filter(({ side }) => side !== "blue" && side !== "old blue").sort((a, b) => b.at.localeCompare(a.at))[0];
  return last && { running: last.running, at: last.at };
}
