import type { ControlPlane } from "./control-plane.ts";
import type { Cluster, Database, Deployment, Instance, Member } from "./state.ts";

/** Creates green of one member: a copy of blue as it is now, with blue's tags, under its green name, in status `creating`. */
export function createGreen(control: ControlPlane, deployment: Deployment, member: Member): void {
  const shared = {
    identifier: member.greenName,
    status: "creating",
    createdAt: control.clock.now(),
    tags: { ...member.source.tags },
    acceptsWrites: false,
    storageOperation: undefined,
    parameterGroupStatus: undefined,
    kmsKeyId: askedKey(control, deployment, member.source) ?? member.source.kmsKeyId,
  };
  member.target =
    member.source.kind === "cluster"
      ? { ...member.source, ...shared, resourceId: control.identifiers.clusterResource() }
      : { ...member.source, ...shared, ...askedOfInstance(deployment, member.source), resourceId: control.identifiers.instanceResource() };
  control.store.add(member.target);
}

/** The green databases that exist so far. */
export function greensOf(deployment: Deployment): Database[] {
  return deployment.members.flatMap(({ target }) => (target === undefined ? [] : [target]));
}

function greenClusterOf(deployment: Deployment): Cluster | undefined {
  return greensOf(deployment).find((green) => green.kind === "cluster");
}

/** The group that green's instances or cluster get: the requested one, or blue's. */
export function askedGroup({ request }: Deployment, source: Database): string {
  const asked = source.kind === "cluster" ? request.TargetDBClusterParameterGroupName : request.TargetDBParameterGroupName;
  return asked ?? source.parameterGroup;
}

function askedOfInstance(deployment: Deployment, source: Instance): Partial<Instance> {
  const { request } = deployment;
  const storage = source.storage && {
    allocated: request.TargetAllocatedStorage ?? source.storage.allocated,
    type: request.TargetStorageType ?? source.storage.type,
    iops: request.TargetIops ?? source.storage.iops,
    throughput: request.TargetStorageThroughput ?? source.storage.throughput,
  };
  const cluster = greenClusterOf(deployment);
  const primary = source.replicaOf && greensOf(deployment).find((green) => green.kind === "db");
  const engineVersion = (cluster ?? primary)?.engineVersion ?? source.engineVersion;
  return { class: request.TargetDBInstanceClass ?? source.class, cluster, replicaOf: primary, engineVersion, storage };
}

function askedKey(control: ControlPlane, { request }: Deployment, source: Database): string | undefined {
  const arn = control.arnOf(source.kind, source.identifier);
  return request.TargetResourceConfigurations?.find(({ SourceArn }) => SourceArn === arn)?.TargetKmsKeyId;
}
