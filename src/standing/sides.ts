import { rdsName } from "../deployments/arn.ts";
import { type Database, type DeploymentView, databaseAt } from "../deployments/deployment.ts";

/** One side of a deployment: its cluster or instance, and the names of everything that belongs to it. */
export interface SideStanding {
  arn: string;
  name: string;
  /** Absent if the database does not exist (or no longer does). */
  database?: Pick<Database, "engine" | "engineVersion" | "status" | "percentProgress" | "configuration">;
  parameterGroups: string[];
  members: string[];
  /** The cluster's instance that accepts writes; absent if unknown, or if this is not a cluster. */
  writer?: string;
}

/** Both sides of a deployment, as RDS describes them. */
export function sidesOf(view: DeploymentView): { source: SideStanding; target?: SideStanding } {
  const { source, target } = view.deployment;
  return { source: sideOf(view, "source", source), target: target === undefined ? undefined : sideOf(view, "target", target) };
}

function sideOf(view: DeploymentView, end: "source" | "target", arn: string): SideStanding {
  const members = view.deployment.members.map((member) => member[end]).filter((it) => it !== undefined);
  const arns = [...new Set([arn, ...members])];
  const databases = arns.map((it) => databaseAt(view, it)).filter((it) => it !== undefined);
  return {
    arn,
    name: rdsName(arn).name,
    database: databaseAt(view, arn),
    parameterGroups: [...new Set(databases.flatMap((it) => it.parameterGroups.map((group) => group.name)))],
    writer: databaseAt(view, arn)?.configuration?.clusterMembers?.find((it) => it.writer)?.identifier,
    members: arns.slice(1).map((it) => rdsName(it).name),
  };
}
