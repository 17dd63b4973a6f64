import { rdsName } from "../../deployments/arn.ts";
import { type Database, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import { differencesOf } from "./differences.ts";
import { greensOf, instanceGroupsOf } from "./spec.ts";

/**
 * What green has and the recreated green, whose instances get `group`, will not have, one sentence each, as far as the API shows it.
 *
 * Source: RDS API, CreateBlueGreenDeployment, which takes one parameter group for all instances, adds no readers that blue does not have,
 * and for Aurora takes neither an instance class nor storage.
 */
export function notCarried(view: DeploymentView, group: string): string[] {
  const isCluster = rdsName(view.deployment.source).kind === "cluster";
  const given = differencesOf(view).targetDBInstanceClass;
  return [
    ...severalGroups(view, group),
    ...extraInstances(view),
    ...pairsOf(view).flatMap(([blue, green]) => [...classes(blue, green, given), ...tags(blue, green)]),
    ...(isCluster ? clusterStorage(view) : replicaStorage(view)),
    ...(isCluster ? [] : ["Whether the creation upgraded the storage configuration cannot be read: it is not asked for again."]),
    "What else was changed on green by hand: data, indexes, IAM roles, custom endpoints, security groups.",
  ];
}

function severalGroups(view: DeploymentView, group: string): string[] {
  const groups = instanceGroupsOf(view);
  if (groups.length < 2) return [];
  const others = groups.filter((name) => name !== group).map(quoted);
  return [
    `RDS takes one parameter group for all instances: ${quoted(group)} is given, ${others.join(", ")} ${others.length === 1 ? "is" : "are"} not.`,
  ];
}

function extraInstances(view: DeploymentView): string[] {
  const members = new Set(greensOf(view).map(({ identifier }) => identifier));
  const all = databaseAt(view, view.deployment.target)?.configuration?.clusterMembers ?? [];
  const extra = all.filter(({ identifier }) => !members.has(identifier)).map(({ identifier }) => quoted(identifier));
  return extra.length > 0 ? [`Instances that blue does not have: ${extra.join(", ")}.`] : [];
}

/** The pairs whose two sides both exist, the deployment's own first. */
function pairsOf(view: DeploymentView): [Database, Database][] {
  const { source, target, members } = view.deployment;
  const others = members.filter((member) => member.source !== source);
  return [{ source, target }, ...others].flatMap((pair): [Database, Database][] => {
    const blue = databaseAt(view, pair.source);
    const green = databaseAt(view, pair.target);
    return blue && green ? [[blue, green]] : [];
  });
}

/** Creation applies one class to all instances. Source: RDS API, TargetDBInstanceClass. */
function classes(blue: Database, green: Database, given: string | undefined): string[] {
  const is = green.configuration?.instanceClass;
  const willBe = given ?? blue.configuration?.instanceClass;
  return is && willBe && is !== willBe ? [`Instance class ${is} of ${quoted(green.identifier)}: it will be ${willBe}.`] : [];
}

function tags(blue: Database, green: Database): string[] {
  const ofBlue = blue.configuration?.tags;
  const ofGreen = green.configuration?.tags;
  if (!ofBlue || !ofGreen) return [];
  const own = Object.entries(ofGreen).filter(([key, value]) => !/^(aws|rds):/i.test(key) && ofBlue[key] !== value);
  return own.length > 0
    ? [`Tags of ${quoted(green.identifier)} that blue does not have: ${own.map(([key]) => quoted(key)).join(", ")}.`]
    : [];
}

function clusterStorage(view: DeploymentView): string[] {
  return pairsOf(view)
    .slice(0, 1)
    .flatMap(([blue, green]) => storage(blue, green));
}

/** Creation's storage options apply to the primary only. Source: RDS User Guide, blue-green-deployments-creating. */
function replicaStorage(view: DeploymentView): string[] {
  return pairsOf(view)
    .slice(1)
    .flatMap(([blue, green]) => storage(blue, green));
}

function storage(blue: Database, green: Database): string[] {
  const [was, is] = [storageWords(blue), storageWords(green)];
  return was && is && was !== is ? [`Storage of ${quoted(green.identifier)}, ${is}: it will be ${was}, as blue's.`] : [];
}

function storageWords({ kind, configuration }: Database): string | undefined {
  if (!configuration?.storageType) return undefined;
  const { storageType, allocatedStorage, iops, storageThroughput } = configuration;
  if (kind === "cluster") return storageType;
  const parts = [allocatedStorage && `${allocatedStorage} GiB`, iops && `${iops} IOPS`, storageThroughput && `${storageThroughput} MiB/s`];
  return [storageType, ...parts.filter(Boolean)].join(" ");
}

const quoted = (name: string | undefined): string => `\`${name ?? ""}\``;
