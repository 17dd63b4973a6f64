import { blueNameOf, isGreenName, rdsName } from "../../deployments/arn.ts";
import { type Database, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Spec } from "../../deployments/spec.ts";
import { differencesOf } from "./differences.ts";

/** Reads the spec from a deployment and its green, final once the tasks are completed; undefined if green does not exist. */
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

/** The existing green databases: the target first, then the members' targets and their like, with the writer before the readers. */
export function greensOf(view: DeploymentView): Database[] {
  const { target, members } = view.deployment;
  const arns = [...new Set([target, ...members.map((member) => member.target)])];
  const listed = arns.map((arn) => databaseAt(view, arn)).filter((it) => it !== undefined);
  const greens = [...listed, ...unlistedOf(view).filter((it) => isOfBlue(it, view))];
  const writer = greens[0]?.configuration?.clusterMembers?.find((it) => it.writer)?.identifier;
  const isWriter = ({ kind, identifier }: Database) => kind === "instance" && identifier === writer;
  return [...greens.slice(0, 1), ...greens.slice(1).filter(isWriter), ...greens.slice(1).filter((it) => !isWriter(it))];
}

/** The instances of green's cluster that blue's cluster does not have: somebody added them. */
export const extraGreensOf = (view: DeploymentView): Database[] => unlistedOf(view).filter((it) => !isOfBlue(it, view));

/** An API may list a cluster as a member, and none of its instances. */
function unlistedOf({ deployment: { target, members }, databases }: DeploymentView): Database[] {
  const listed = new Set(members.map((member) => member.target));
  const cluster = target && rdsName(target).kind === "cluster" ? rdsName(target).name : undefined;
  return databases.filter((it) => it.cluster !== undefined && it.cluster === cluster && !listed.has(it.arn));
}

function isOfBlue({ identifier }: Database, { deployment: { source }, databases }: DeploymentView): boolean {
  const blue = isGreenName(identifier) ? blueNameOf(identifier) : undefined;
  return databases.some((it) => it.identifier === blue && it.cluster === rdsName(source).name);
}

/** The distinct parameter group names of green's instances. */
export function instanceGroupsOf(view: DeploymentView): string[] {
  const instances = greensOf(view).filter(({ kind }) => kind === "instance");
  return [...new Set(instances.flatMap((it) => it.parameterGroups.map((group) => group.name)))];
}

/** The tags that can be set again: AWS refuses keys that begin with `aws:` or `rds:`. Source: RDS API, Tag. */
export function carriedTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !/^(aws|rds):/i.test(key)));
}
