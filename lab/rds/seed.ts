import type { ControlPlane } from "./control-plane.ts";
import { addEndpoint, type EndpointSeed } from "./endpoints.ts";
import type { Cluster, Instance, Storage } from "./state.ts";

/** An Aurora cluster that exists before a story starts; its first instance is the writer unless another one says it is. */
export interface ClusterSeed {
  identifier: string;
  /** `aurora-postgresql` or `aurora-mysql`; other engines work, but have no blue/green deployments. */
  engine: string;
  engineVersion: string;
  /** The name of its cluster parameter group. */
  parameterGroup: string;
  instances: readonly { identifier: string; class: string; parameterGroup: string; writer?: boolean; deletionProtection?: boolean }[];
  /** Its custom endpoints. */
  endpoints?: readonly EndpointSeed[];
  deletionProtection?: boolean;
  tags?: Record<string, string>;
  kmsKeyId?: string;
  /** `available` if left out. */
  status?: string;
}

/** An RDS instance that exists before a story starts. */
export interface InstanceSeed {
  identifier: string;
  engine: string;
  engineVersion: string;
  class: string;
  /** The name of its parameter group. */
  parameterGroup: string;
  /** The name of the RDS instance that it is a read replica of. */
  replicaOf?: string;
  storage?: Storage;
  deletionProtection?: boolean;
  tags?: Record<string, string>;
  kmsKeyId?: string;
  /** `available` if left out. */
  status?: string;
}

/** Adds an Aurora cluster with its instances and custom endpoints. @throws Error if a name is taken. */
export function addCluster(control: ControlPlane, seed: ClusterSeed): void {
  const { identifier, engine, engineVersion, parameterGroup, kmsKeyId } = seed;
  const shared = { engine, engineVersion, kmsKeyId, status: seed.status ?? "available", createdAt: control.clock.now() };
  const cluster: Cluster = {
    ...shared,
    kind: "cluster",
    identifier,
    parameterGroup,
    resourceId: control.identifiers.clusterResource(),
    deletionProtection: seed.deletionProtection ?? false,
    tags: { ...seed.tags },
    acceptsWrites: true,
  };
  control.store.add(cluster);
  control.parameterGroups.named("cluster", parameterGroup, engine, engineVersion);
  const named = seed.instances.find(({ writer }) => writer === true) ?? seed.instances[0];
  for (const instance of seed.instances) {
    control.store.add({
      ...shared,
      ...instance,
      kind: "db",
      cluster,
      resourceId: control.identifiers.instanceResource(),
      deletionProtection: instance.deletionProtection ?? false,
      tags: { ...seed.tags },
      writer: instance === named,
      acceptsWrites: instance === named,
    });
    control.parameterGroups.named("db", instance.parameterGroup, engine, engineVersion);
  }
  for (const endpoint of seed.endpoints ?? []) addEndpoint(control, cluster, endpoint);
}

/** Adds an RDS instance. @throws Error if its name is taken or the instance that it is a replica of does not exist. */
export function addInstance(control: ControlPlane, { replicaOf, ...seed }: InstanceSeed): void {
  const primary = replicaOf === undefined ? undefined : control.store.instance(replicaOf);
  if (replicaOf !== undefined && !primary)
    throw new Error(`The lab has no instance ${replicaOf}: add it before its replica ${seed.identifier}.`);
  const instance: Instance = {
    ...seed,
    kind: "db",
    replicaOf: primary,
    status: seed.status ?? "available",
    createdAt: control.clock.now(),
    resourceId: control.identifiers.instanceResource(),
    deletionProtection: seed.deletionProtection ?? false,
    tags: { ...seed.tags },
    storage: seed.storage ?? { allocated: 100, type: "gp3" },
    writer: !primary,
    acceptsWrites: !primary,
  };
  control.store.add(instance);
  control.parameterGroups.named("db", seed.parameterGroup, seed.engine, seed.engineVersion);
}
