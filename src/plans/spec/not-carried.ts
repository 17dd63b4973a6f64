import { rdsName } from "../../deployments/arn.ts";
import type { Coded } from "../../deployments/coded.ts";
import { type Database, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import { differencesOf } from "./differences.ts";
import { greensOf, instanceGroupsOf } from "./spec.ts";

/** What green has and a recreated green will not have. */
export type NotCarried = Coded<NotCarriedOver>;

/** Everything of green that a recreation may lose. */
export interface NotCarriedOver {
  "parameter-groups": { given: string; others: readonly string[] };
  instances: { names: readonly string[] };
  "instance-class": { name: string; is: string; willBe: string };
  tags: { name: string; keys: readonly string[] };
  storage: { name: string; is: Storage; willBe: Storage };
  "storage-configuration": object;
  "by-hand": object;
}

/** Storage as RDS describes it. */
export interface Storage {
  type: string;
  /** GiB. */
  allocated?: number;
  iops?: number;
  /** MiB/s. */
  throughput?: number;
}

/**
 * What green has and the recreated green, whose instances get `group`, will not have, as far as the API shows it.
 *
 * Source: RDS API, CreateBlueGreenDeployment, which takes one parameter group for all instances, adds no readers that blue does not have,
 * and for Aurora takes neither an instance class nor storage.
 */
export function notCarried(view: DeploymentView, group: string): NotCarried[] {
  const isCluster = rdsName(view.deployment.source).kind === "cluster";
  const given = differencesOf(view).targetDBInstanceClass;
  return [
    ...severalGroups(view, group),
    ...extraInstances(view),
    ...pairsOf(view).flatMap(([blue, green]) => [...classes(blue, green, given), ...tags(blue, green)]),
    ...(isCluster ? clusterStorage(view) : replicaStorage(view)),
    ...(isCluster ? [] : [{ code: "storage-configuration" as const }]),
    { code: "by-hand" },
  ];
}

function severalGroups(view: DeploymentView, given: string): NotCarried[] {
  const groups = instanceGroupsOf(view);
  if (groups.length < 2) return [];
  return [{ code: "parameter-groups", given, others: groups.filter((name) => name !== given) }];
}

function extraInstances(view: DeploymentView): NotCarried[] {
  const members = new Set(greensOf(view).map(({ identifier }) => identifier));
  const all = databaseAt(view, view.deployment.target)?.configuration?.clusterMembers ?? [];
  const names = all.map(({ identifier }) => identifier).filter((it) => !members.has(it));
  return names.length > 0 ? [{ code: "instances", names }] : [];
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
function classes(blue: Database, green: Database, given: string | undefined): NotCarried[] {
  const is = green.configuration?.instanceClass;
  const willBe = given ?? blue.configuration?.instanceClass;
  return is && willBe && is !== willBe ? [{ code: "instance-class", name: green.identifier, is, willBe }] : [];
}

function tags(blue: Database, green: Database): NotCarried[] {
  const ofBlue = blue.configuration?.tags;
  const ofGreen = green.configuration?.tags;
  if (!ofBlue || !ofGreen) return [];
  const own = Object.entries(ofGreen).filter(([key, value]) => !/^(aws|rds):/i.test(key) && ofBlue[key] !== value);
  return own.length > 0 ? [{ code: "tags", name: green.identifier, keys: own.map(([key]) => key) }] : [];
}

function clusterStorage(view: DeploymentView): NotCarried[] {
  return pairsOf(view)
    .slice(0, 1)
    .flatMap(([blue, green]) => storage(blue, green));
}

/** Creation's storage options apply to the primary only. Source: RDS User Guide, blue-green-deployments-creating. */
function replicaStorage(view: DeploymentView): NotCarried[] {
  return pairsOf(view)
    .slice(1)
    .flatMap(([blue, green]) => storage(blue, green));
}

function storage(blue: Database, green: Database): NotCarried[] {
  const [willBe, is] = [storageOf(blue), storageOf(green)];
  const isSame = JSON.stringify(willBe) === JSON.stringify(is);
  return willBe && is && !isSame ? [{ code: "storage", name: green.identifier, is, willBe }] : [];
}

function storageOf({ kind, configuration }: Database): Storage | undefined {
  if (!configuration?.storageType) return undefined;
  const { storageType: type, allocatedStorage: allocated, iops, storageThroughput: throughput } = configuration;
  return kind === "cluster" ? { type } : { type, allocated, iops, throughput };
}
