import type { DBCluster, DBClusterEndpoint, DBInstance, Tag } from "@aws-sdk/client-rds";
import type { ControlPlane } from "./control-plane.ts";
import { isBeside, ownArn } from "./own-arn.ts";
import { unknownCluster } from "./seed-deployment.ts";
import type { Cluster, Database, Instance } from "./state.ts";

/** Databases as RDS answered them. What is listed of a kind is all that exists of it; of a kind that is absent, nothing is known. */
export interface GivenDatabases {
  DBClusters?: readonly DBCluster[];
  DBInstances?: readonly DBInstance[];
  DBClusterEndpoints?: readonly DBClusterEndpoint[];
}

/**
 * Adds databases that the API then returns as given, in the lab's own account and Region; they stay as they are.
 *
 * Add them before the deployments that name them.
 *
 * @throws Error if two have one name.
 */
export function addDatabases(control: ControlPlane, { DBClusters, DBInstances, DBClusterEndpoints }: GivenDatabases): void {
  const { complete } = control.store;
  if (DBClusters) complete.add("cluster");
  if (DBInstances) complete.add("db");
  for (const given of DBClusters ?? []) add(control, clusterOf(control, given));
  // Its cluster is looked up, so clusters come first.
  for (const given of DBInstances ?? []) add(control, instanceOf(control, given));
  for (const given of DBClusterEndpoints ?? []) addEndpoint(control, given);
}

function add({ store, parameterGroups }: ControlPlane, database: Database): void {
  const { kind, parameterGroup, engine, engineVersion } = database;
  store.add(database);
  if (parameterGroup) parameterGroups.named(kind, parameterGroup, engine, engineVersion);
}

function addEndpoint(control: ControlPlane, given: DBClusterEndpoint): void {
  const { DBClusterEndpointIdentifier: identifier = "", DBClusterEndpointArn: arn = "", Status = "" } = given;
  const cluster = unknownCluster(control, given.DBClusterIdentifier ?? "", "aurora");
  if (!cluster) return;
  control.store.endpoints.push({
    kind: "cluster-endpoint",
    identifier,
    resourceId: given.DBClusterEndpointResourceIdentifier ?? control.identifiers.endpointResource(),
    cluster,
    type: given.CustomEndpointType === "ANY" ? "ANY" : "READER",
    members: [],
    excluded: [],
    status: Status,
    given: { ...movedHere(control, given, arn), DBClusterEndpointArn: control.arnOf("cluster-endpoint", identifier) },
  });
}

function clusterOf(control: ControlPlane, given: DBCluster): Cluster {
  const { DBClusterIdentifier: identifier = "", DBClusterArn: arn = "", Engine = "", EngineVersion = "", Status = "" } = given;
  return {
    kind: "cluster",
    identifier,
    resourceId: given.DbClusterResourceId ?? control.identifiers.clusterResource(),
    engine: Engine,
    engineVersion: EngineVersion,
    parameterGroup: given.DBClusterParameterGroup ?? "",
    status: Status,
    createdAt: given.ClusterCreateTime?.getTime() ?? control.clock.now(),
    deletionProtection: given.DeletionProtection ?? false,
    tags: tagsOf(given.TagList),
    acceptsWrites: true,
    given: { ...movedHere(control, given, arn), DBClusterArn: control.arnOf("cluster", identifier) },
  };
}

function instanceOf(control: ControlPlane, given: DBInstance): Instance {
  const { DBInstanceIdentifier: identifier = "", DBInstanceArn: arn = "", Engine = "", EngineVersion = "", DBInstanceStatus = "" } = given;
  const cluster = given.DBClusterIdentifier ? unknownCluster(control, given.DBClusterIdentifier, Engine) : undefined;
  const member = cluster?.given?.DBClusterMembers?.find((it) => it.DBInstanceIdentifier === identifier);
  const writer = member?.IsClusterWriter ?? !given.ReadReplicaSourceDBInstanceIdentifier;
  return {
    kind: "db",
    identifier,
    resourceId: given.DbiResourceId ?? control.identifiers.instanceResource(),
    engine: Engine,
    engineVersion: EngineVersion,
    cluster,
    class: given.DBInstanceClass ?? "",
    parameterGroup: given.DBParameterGroups?.[0]?.DBParameterGroupName ?? "",
    status: DBInstanceStatus,
    createdAt: given.InstanceCreateTime?.getTime() ?? control.clock.now(),
    deletionProtection: given.DeletionProtection ?? false,
    tags: tagsOf(given.TagList),
    writer,
    acceptsWrites: writer,
    given: { ...movedHere(control, given, arn), DBInstanceArn: control.arnOf("db", identifier) },
  };
}

/** The same with the ARNs of its own account and Region moved to the lab's. */
function movedHere<T>(control: ControlPlane, value: T, own: string): T {
  const moved = (it: unknown): unknown => {
    if (typeof it === "string") return isBeside(it, own) ? ownArn(control, it) : it;
    if (Array.isArray(it)) return it.map(moved);
    if (typeof it !== "object" || it === null || it instanceof Date) return it;
    return Object.fromEntries(Object.entries(it).map(([name, field]) => [name, moved(field)]));
  };
  return moved(value) as T;
}

const tagsOf = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
