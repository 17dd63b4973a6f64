import { type Database, type DeploymentView, databaseAt } from "./deployment.ts";
import { type Differences, differencesOf } from "./spec-differences.ts";

/**
 * What CreateBlueGreenDeployment was given, as far as it can be read back from green and from the deployment.
 *
 * The API returns only name, source and tags of it; the rest stands on green until green is deleted. What may differ from blue is named
 * only where it did. Source: RDS API, CreateBlueGreenDeployment and DescribeBlueGreenDeployments.
 */
export interface Spec extends Differences {
  /** ISO 8601: when it was read. */
  savedAt: string;
  name: string;
  /** ARN of blue. */
  source: string;
  targetEngineVersion: string;
  /** Of a cluster. */
  targetDBClusterParameterGroupName?: string;
  /** Of the instances, the writer's or primary's first; several where they differ. */
  targetDBParameterGroupNames: string[];
  /** As on the deployment, without the keys that nobody but AWS may write. */
  tags: Record<string, string>;
}

/** Reads the spec of a deployment whose tasks are completed; nothing where green is not there. */
export function specOf(view: DeploymentView, savedAt: string): Spec | undefined {
  const { deployment } = view;
  const green = databaseAt(view, deployment.target);
  if (!green) return undefined;
  return {
    savedAt,
    name: deployment.name,
    source: deployment.source,
    targetEngineVersion: green.engineVersion,
    targetDBClusterParameterGroupName: green.kind === "cluster" ? green.parameterGroups[0]?.name : undefined,
    targetDBParameterGroupNames: instanceGroupsOf(view),
    ...differencesOf(view),
    tags: carriedTags(deployment.tags),
  };
}

/** The databases of green that exist: the target first, then the other members' with the writer before the readers. */
export function greensOf(view: DeploymentView): Database[] {
  const { target, members } = view.deployment;
  const arns = [...new Set([target, ...members.map((member) => member.target)])];
  const greens = arns.map((arn) => databaseAt(view, arn)).filter((it) => it !== undefined);
  const writer = greens[0]?.configuration?.clusterMembers?.find((it) => it.writer)?.identifier;
  const isWriter = ({ kind, identifier }: Database) => kind === "instance" && identifier === writer;
  return [...greens.slice(0, 1), ...greens.slice(1).filter(isWriter), ...greens.slice(1).filter((it) => !isWriter(it))];
}

/** The names of the parameter groups of green's instances, each once. */
export function instanceGroupsOf(view: DeploymentView): string[] {
  const instances = greensOf(view).filter(({ kind }) => kind === "instance");
  return [...new Set(instances.flatMap((it) => it.parameterGroups.map((group) => group.name)))];
}

/** The tags that may be given again: AWS refuses keys that begin with `aws:` or `rds:`. Source: RDS API, Tag. */
export function carriedTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !/^(aws|rds):/i.test(key)));
}
