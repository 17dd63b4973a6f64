/**
 * The configuration of a cluster or an instance that a recreation needs; a field that the API omitted is absent.
 *
 * Lists are sorted, because the API's order varies. Source: RDS API, `DBCluster` and `DBInstance`.
 */
export interface Configuration {
  deletionProtection?: boolean;
  /** Days that RDS keeps automated backups; 0 if they are off. */
  backupRetentionPeriod?: number;
  instanceClass?: string;
  storageType?: string;
  /** GiB. */
  allocatedStorage?: number;
  iops?: number;
  /** MiB/s. */
  storageThroughput?: number;
  /** ARN. */
  kmsKeyId?: string;
  /** True if Secrets Manager manages the master password. */
  managedPassword?: boolean;
  /** ARN of the Enhanced Monitoring role. */
  monitoringRoleArn?: string;
  /** For a cluster: `provisioned`, `serverless` (Serverless v1), … */
  engineMode?: string;
  /** True for a Multi-AZ DB cluster, which has its own instance class. */
  multiAzCluster?: boolean;
  globalClusterIdentifier?: string;
  /** True for a secondary cluster of a global database that forwards writes. */
  forwardsWrites?: boolean;
  /** What it replicates from: an ARN, or the identifier of an instance in the same Region. */
  replicaOf?: string;
  /** What replicates from it: ARNs, or identifiers of instances in the same Region. */
  replicas?: string[];
  /** For a cluster: all its instances, including those that are not members of a deployment. */
  clusterMembers?: ClusterMember[];
  optionGroups?: string[];
  tags?: Record<string, string>;
}

/** An instance of a cluster. */
export interface ClusterMember {
  identifier: string;
  writer: boolean;
  /** Status of the cluster's parameter group on this instance: `in-sync`, `pending-reboot`, … */
  parameterGroupStatus?: string;
}
