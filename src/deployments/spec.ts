/**
 * What CreateBlueGreenDeployment was given, as far as it can be read back from green and from the deployment.
 *
 * The API returns only name, source and tags of it; the rest stands on green until green is deleted. What may differ from blue is named
 * only where it did. Source: RDS API, CreateBlueGreenDeployment and DescribeBlueGreenDeployments.
 */
export interface Spec extends Differences {
  /** ISO 8601: when it was read. */
  savedAt: string;
  name: string;
  /** ARN of blue. */
  source: string;
  targetEngineVersion: string;
  /** Of a cluster. */
  targetDBClusterParameterGroupName?: string;
  /** Of the instances, the writer's or primary's first; several where they differ. */
  targetDBParameterGroupNames: string[];
  /** As on the deployment, without the keys that nobody but AWS may write. */
  tags: Record<string, string>;
}

/** What creation can be told of green where it is not to be as blue; absent where green is as blue, or one of them is not known. */
export interface Differences {
  targetDBInstanceClass?: string;
  targetStorageType?: string;
  /** GiB. */
  targetAllocatedStorage?: number;
  targetIops?: number;
  /** MiB/s. */
  targetStorageThroughput?: number;
  targetKmsKeys?: KmsKey[];
}

/** The key of one green cluster or instance, named by its blue. */
export interface KmsKey {
  /** ARN of the blue cluster or instance. */
  source: string;
  /** ARN. */
  kmsKeyId: string;
}
