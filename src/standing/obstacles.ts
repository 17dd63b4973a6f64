import { rdsName } from "../deployments/arn.ts";
import { unbuilt } from "../deployments/built.ts";
import { type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import type { MemberStanding } from "./members.ts";
import type { Production } from "./production.ts";
import type { ReplicationStanding } from "./replication.ts";

/** One thing that a switchover needs and that is not so. */
export interface Obstacle {
  code:
    | "status"
    | "no-green"
    | "task"
    | "task-failed"
    | "member"
    | "member-missing"
    | "database"
    | "database-not-found"
    | "replication"
    | "production";
  /** What it is about: a task, a member or a database. */
  name: string;
  /** What it is, in RDS's words. */
  status: string;
  /** How far a storage operation is, in percent, as RDS writes it. */
  percent?: string;
  /** True if waiting is enough. */
  heals: boolean;
}

/** What the obstacles are read from. */
export interface ObstaclesInput {
  view: DeploymentView;
  members: readonly MemberStanding[];
  production: Production;
  replication: ReplicationStanding;
  /** True if green could not be built: what is unfinished stays so. */
  creationFailed: boolean;
}

/** Statuses of a database that no waiting heals. Source: RDS and Aurora User Guides, "Viewing DB instance status" and "DB cluster status". */
const STAYS =
  /^(incompatible-|inaccessible-|storage-full$|stopp(ed|ing)$|failed$|.*-failed$|restore-error$|insufficient-capacity$|inactive$|delet|cloning-failed$|migration-failed$)/;

/** Everything that a switchover needs and that is not so: tasks, members, databases, replication. None means that RDS can be asked for it. */
export function obstaclesOf(input: ObstaclesInput): Obstacle[] {
  return [...ofDeployment(input), ...ofMembers(input), ...ofDatabases(input), ...ofReplication(input.replication), ...ofNames(input)];
}

function ofDeployment({ view: { deployment }, creationFailed }: ObstaclesInput): Obstacle[] {
  const { id, status } = deployment;
  const { noGreen, tasks } = unbuilt(deployment);
  const hasGreen = !noGreen && deployment.members.length > 0;
  const isBuilding = status === "PROVISIONING" && !creationFailed;
  return [
    ...(status === "AVAILABLE" || status === "SWITCHOVER_FAILED"
      ? []
      : [{ code: "status" as const, name: id, status, heals: isBuilding || status === "SWITCHOVER_IN_PROGRESS" }]),
    ...(hasGreen ? [] : [{ code: "no-green" as const, name: id, status: "absent", heals: isBuilding }]),
    ...tasks.map(
      (task): Obstacle => ({
        code: task.status === "FAILED" ? "task-failed" : "task",
        name: task.name,
        status: task.status,
        heals: task.status !== "FAILED" && !creationFailed,
      }),
    ),
  ];
}

function ofMembers({ view: { deployment }, members, creationFailed }: ObstaclesInput): Obstacle[] {
  // RDS switches over again the pairs whose last switchover failed.
  const isRetried = (status: string | undefined) => deployment.status === "SWITCHOVER_FAILED" && status === "SWITCHOVER_FAILED";
  return members
    .filter(({ status, outcome }) => status !== undefined && status !== "AVAILABLE" && !isRetried(status) && outcome !== "switched")
    .map(({ name, status = "", outcome }) => ({
      code: outcome === "missing" ? "member-missing" : "member",
      name,
      status,
      heals: outcome === "pending" && !creationFailed,
    }));
}

/** Kinds of member that RDS describes in calls that the guard does not make are not looked up. */
function ofDatabases({ view }: ObstaclesInput): Obstacle[] {
  const { source, target, members } = view.deployment;
  const arns = [source, target, ...members.flatMap((member) => [member.source, member.target])].filter((arn) => arn !== undefined);
  const missing = [...new Set(arns)].filter((arn) => ["cluster", "db"].includes(rdsName(arn).kind) && !databaseAt(view, arn));
  const described = [...view.databases, ...(view.endpoints ?? [])];
  return [
    ...missing.map((arn) => ({ code: "database-not-found" as const, name: rdsName(arn).name, status: "not found", heals: false })),
    ...described
      .filter(({ status }) => status !== "available" && status !== "")
      .map((it) => ({
        code: "database" as const,
        name: it.identifier,
        status: it.status,
        ...("percentProgress" in it && it.percentProgress && { percent: it.percentProgress }),
        heals: !STAYS.test(it.status),
      })),
  ];
}

/** A switchover gives green the names of blue: it has to be known that blue has them. */
function ofNames({ view, production }: ObstaclesInput): Obstacle[] {
  return production === "blue" ? [] : [{ code: "production", name: view.deployment.name, status: production, heals: false }];
}

function ofReplication({ state, by }: ReplicationStanding): Obstacle[] {
  if (state === "replicating" || state === "unknown") return [];
  return [{ code: "replication", name: by?.database ?? "green", status: state, heals: state === "stopped" }];
}

/** What a switchover waits for by itself: databases that become available without anybody's doing. */
export const notReadyYet = ({ obstacles }: { obstacles: readonly Obstacle[] }): Obstacle[] =>
  obstacles.filter(({ code, heals }) => code === "database" && heals);
