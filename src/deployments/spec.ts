import { type Database, type DeploymentView, databaseAt } from "./deployment.ts";

/**
 * What CreateBlueGreenDeployment was given, as far as it can be read back from green and from the deployment.
 *
 * The API returns only name, source and tags of it; the rest stands on green until green is deleted.
 * Source: RDS API, CreateBlueGreenDeployment and DescribeBlueGreenDeployments.
 */
export interface Spec {
  /** ISO 8601: when it was read. */
  savedAt: string;
  name: string;
  /** ARN of blue. */
  source: string;
  targetEngineVersion: string;
  /** Of a cluster. */
  targetDBClusterParameterGroupName?: string;
  /** Of the instances; several where they differ. */
  targetDBParameterGroupNames: string[];
  tags: Record<string, string>;
}

/** Reads the spec of a deployment whose tasks are completed; nothing where green is not there. */
export function specOf(view: DeploymentView, savedAt: string): Spec | undefined {
  const { deployment } = view;
  const green = databaseAt(view, deployment.target);
  if (!green) return undefined;
  const targets = [...new Set([deployment.target, ...deployment.members.map((member) => member.target)])];
  const databases = targets.map((arn) => databaseAt(view, arn)).filter((it) => it !== undefined);
  return {
    savedAt,
    name: deployment.name,
    source: deployment.source,
    targetEngineVersion: green.engineVersion,
    targetDBClusterParameterGroupName: groupsOf(databases, "cluster")[0],
    targetDBParameterGroupNames: groupsOf(databases, "instance"),
    tags: deployment.tags,
  };
}

function groupsOf(databases: Database[], kind: Database["kind"]): string[] {
  const groups = databases.filter((it) => it.kind === kind).flatMap((it) => it.parameterGroups.map((group) => group.name));
  return [...new Set(groups)];
}
