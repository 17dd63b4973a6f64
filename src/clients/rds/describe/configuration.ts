import type { DBCluster, DBInstance, MasterUserSecret, Tag } from "@aws-sdk/client-rds";
import type { ClusterMember, Configuration } from "../../../deployments/configuration.ts";

/** What a recreation needs to know about a cluster. */
export function configurationOfCluster(cluster: DBCluster): Configuration {
  return {
    deletionProtection: cluster.DeletionProtection,
    backupRetentionPeriod: cluster.BackupRetentionPeriod,
    storageType: cluster.StorageType,
    kmsKeyId: cluster.KmsKeyId,
    managedPassword: isThere(cluster.MasterUserSecret),
    monitoringRoleArn: cluster.MonitoringRoleArn,
    engineMode: cluster.EngineMode,
    multiAzCluster: cluster.DBClusterInstanceClass !== undefined,
    globalClusterIdentifier: cluster.GlobalClusterIdentifier || undefined,
    forwardsWrites: cluster.GlobalWriteForwardingRequested,
    replicaOf: cluster.ReplicationSourceIdentifier || undefined,
    replicas: cluster.ReadReplicaIdentifiers?.toSorted(),
    clusterMembers: cluster.DBClusterMembers?.map(memberOf).sort((a, b) => (a.identifier < b.identifier ? -1 : 1)),
    tags: tagsOf(cluster.TagList),
  };
}

/** What a recreation needs to know about an instance. */
export function configurationOfInstance(instance: DBInstance): Configuration {
  return {
    deletionProtection: instance.DeletionProtection,
    backupRetentionPeriod: instance.BackupRetentionPeriod,
    instanceClass: instance.DBInstanceClass,
    storageType: instance.StorageType,
    allocatedStorage: instance.AllocatedStorage,
    iops: instance.Iops,
    storageThroughput: instance.StorageThroughput,
    kmsKeyId: instance.KmsKeyId,
    managedPassword: isThere(instance.MasterUserSecret),
    monitoringRoleArn: instance.MonitoringRoleArn,
    replicaOf: instance.ReadReplicaSourceDBInstanceIdentifier || instance.ReadReplicaSourceDBClusterIdentifier || undefined,
    replicas: instance.ReadReplicaDBInstanceIdentifiers?.toSorted(),
    optionGroups: instance.OptionGroupMemberships?.map((group) => group.OptionGroupName ?? "").sort(),
    tags: tagsOf(instance.TagList),
  };
}

function memberOf(member: NonNullable<DBCluster["DBClusterMembers"]>[number]): ClusterMember {
  return {
    identifier: member.DBInstanceIdentifier ?? "",
    writer: member.IsClusterWriter ?? false,
    parameterGroupStatus: member.DBClusterParameterGroupStatus,
  };
}

function tagsOf(tags: Tag[] | undefined): Record<string, string> | undefined {
  return tags && Object.fromEntries(tags.map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}

/** The SDK reads an empty element as an empty object. */
function isThere(secret: MasterUserSecret | undefined): boolean {
  return secret?.SecretArn !== undefined || secret?.SecretStatus !== undefined;
}
