/**
 * The input of CreateBlueGreenDeployment, as far as green and the deployment still show it.
 *
 * The API returns only name, source and tags; the rest can be read from green until green is deleted. Fields of `Differences` are present
 * only if green differed from blue. Source: RDS API, CreateBlueGreenDeployment and DescribeBlueGreenDeployments.
 */
export interface Spec extends Differences {
  /** When it was read, ISO 8601. */
  savedAt: string;
  name: string;
  /** ARN of blue. */
  source: string;
  targetEngineVersion: string;
  /** For a cluster. */
  targetDBClusterParameterGroupName?: string;
  /** The instances' groups, the writer's or primary's first; several if they differ. */
  targetDBParameterGroupNames: string[];
  /** As on the deployment, without the keys that only AWS can write. */
  tags: Record<string, string>;
}

/** What creation can set on green; each field is absent if green is the same as blue, or if either is unknown. */
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

/** The KMS key of a green cluster or instance, identified by its blue. */
export interface KmsKey {
  /** ARN of the blue cluster or instance. */
  source: string;
  /** ARN. */
  kmsKeyId: string;
}
