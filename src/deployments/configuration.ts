/**
 * How a cluster or an instance is configured, as far as its deployment's recreation asks; a field that the API left out is absent.
 *
 * Lists are sorted, so that the API's order of the day changes nothing. Source: RDS API, `DBCluster` and `DBInstance`.
 */
export interface Configuration {
  deletionProtection?: boolean;
  /** Days that automated backups are kept; 0: there are none. */
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
  /** True where Secrets Manager keeps the master password. */
  managedPassword?: boolean;
  /** ARN of Enhanced Monitoring's role. */
  monitoringRoleArn?: string;
  /** Of a cluster: `provisioned`, `serverless` (which is Serverless v1), … */
  engineMode?: string;
  /** Of a Multi-AZ DB cluster, which has an instance class of its own. */
  multiAzCluster?: boolean;
  globalClusterIdentifier?: string;
  /** True for a secondary cluster of a global database that forwards writes. */
  forwardsWrites?: boolean;
  /** What it replicates from: an ARN, or the identifier of an instance in the same Region. */
  replicaOf?: string;
  /** What replicates from it: ARNs, or identifiers of instances in the same Region. */
  replicas?: string[];
  /** Of a cluster: all its instances, also those that are no member of a deployment. */
  clusterMembers?: ClusterMember[];
  optionGroups?: string[];
  tags?: Record<string, string>;
}

/** An instance of a cluster. */
export interface ClusterMember {
  identifier: string;
  writer: boolean;
  /** Of the cluster's parameter group on this instance: `in-sync`, `pending-reboot`, … */
  parameterGroupStatus?: string;
}
