import type { BlueGreenDeployment, DBCluster, DBInstance, Tag } from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import { pairsOf } from "../progress.ts";
import { type Cluster, type CustomEndpoint, type Database, type Deployment, type Instance, primaryOf } from "../state.ts";
import { storageOperationView } from "../storage.ts";
import { majorVersion } from "../versions.ts";
import { replicasOf, replicationInfos, replicationSourceOf } from "./replication.ts";

/** A deployment as the API shows it. */
export function deploymentView({ arnOf }: ControlPlane, deployment: Deployment): BlueGreenDeployment {
  if (deployment.given) return deployment.given;
  const primary = primaryOf(deployment);
  const arn = (it: Database | CustomEndpoint | undefined) => it && arnOf(it.kind, it.identifier);
  return {
    BlueGreenDeploymentIdentifier: deployment.identifier,
    BlueGreenDeploymentName: deployment.name,
    Source: arn(primary.source),
    Target: arn(primary.target),
    SwitchoverDetails: pairsOf(deployment).map(({ source, target, status }) => ({
      SourceMember: arn(source),
      TargetMember: arn(target),
      Status: status,
    })),
    Tasks: deployment.tasks,
    Status: deployment.status,
    StatusDetails: deployment.statusDetails,
    CreateTime: new Date(deployment.createdAt),
    DeleteTime: deployment.deletedAt === undefined ? undefined : new Date(deployment.deletedAt),
    TagList: tagList(deployment.tags),
  };
}

/** A cluster as the API shows it; endpoints follow its name. */
export function clusterView(control: ControlPlane, cluster: Cluster): DBCluster {
  if (cluster.given) return cluster.given;
  const { identifier } = cluster;
  const domain = `${control.endpointHash}.${control.region}.rds.amazonaws.com`;
  return {
    DBClusterIdentifier: identifier,
    DBClusterArn: control.arnOf("cluster", identifier),
    DbClusterResourceId: cluster.resourceId,
    Engine: cluster.engine,
    EngineVersion: cluster.engineVersion,
    EngineMode: "provisioned",
    Status: cluster.status,
    Endpoint: `${identifier}.cluster-${domain}`,
    ReaderEndpoint: `${identifier}.cluster-ro-${domain}`,
    Port: portOf(cluster),
    DBClusterParameterGroup: cluster.parameterGroup,
    DBClusterMembers: control.store.instancesOf(cluster).map((instance, index) => ({
      DBInstanceIdentifier: instance.identifier,
      IsClusterWriter: instance.writer,
      DBClusterParameterGroupStatus: cluster.parameterGroupStatus ?? "in-sync",
      PromotionTier: index === 0 ? 0 : 1,
    })),
    AllocatedStorage: 1,
    BackupRetentionPeriod: 1,
    StorageEncrypted: cluster.kmsKeyId !== undefined,
    KmsKeyId: cluster.kmsKeyId,
    ClusterCreateTime: new Date(cluster.createdAt),
    DeletionProtection: cluster.deletionProtection,
    TagList: tagList(cluster.tags),
    ...cluster.shows,
  };
}

/** An instance as the API shows it; its endpoint follows its name. */
export function instanceView(control: ControlPlane, instance: Instance): DBInstance {
  if (instance.given) return instance.given;
  const { identifier, storage } = instance;
  const creating = instance.status === "creating";
  return {
    DBInstanceIdentifier: identifier,
    DBInstanceArn: control.arnOf("db", identifier),
    DbiResourceId: instance.resourceId,
    DBClusterIdentifier: instance.cluster?.identifier,
    ReadReplicaSourceDBInstanceIdentifier: replicationSourceOf(control, instance)?.identifier,
    DBInstanceClass: instance.class,
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    DBInstanceStatus: instance.status,
    Endpoint: creating
      ? undefined
      : { Address: `${identifier}.${control.endpointHash}.${control.region}.rds.amazonaws.com`, Port: portOf(instance) },
    DBParameterGroups: [
      { DBParameterGroupName: instance.parameterGroup, ParameterApplyStatus: instance.parameterGroupStatus ?? "in-sync" },
    ],
    BackupRetentionPeriod: instance.cluster ? 1 : 7,
    MultiAZ: false,
    OptionGroupMemberships: [{ OptionGroupName: optionGroupOf(instance), Status: "in-sync" }],
    ReadReplicaDBInstanceIdentifiers: replicasOf(control, instance).map((replica) => replica.identifier),
    StatusInfos: replicationInfos(control, instance),
    AllocatedStorage: storage?.allocated ?? 1,
    StorageType: storage?.type ?? "aurora",
    Iops: storage?.iops,
    StorageThroughput: storage?.throughput,
    ...storageOperationView(control, instance),
    StorageEncrypted: instance.kmsKeyId !== undefined,
    KmsKeyId: instance.kmsKeyId,
    InstanceCreateTime: new Date(instance.createdAt),
    DeletionProtection: instance.deletionProtection,
    TagList: tagList(instance.tags),
    ...instance.shows,
  };
}

/** The group that AWS makes itself, such as `default:mysql-8-0`. */
function optionGroupOf({ engine, engineVersion }: Database): string {
  return `default:${engine}-${majorVersion(engine, engineVersion).replaceAll(".", "-")}`;
}

function portOf({ engine }: Database): number {
  return engine.includes("postgres") ? 5432 : 3306;
}

function tagList(tags: Record<string, string>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
