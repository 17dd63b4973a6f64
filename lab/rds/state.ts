import type { BlueGreenDeployment, CreateBlueGreenDeploymentRequest, DBCluster, DBClusterEndpoint, DBInstance } from "@aws-sdk/client-rds";

/** What a cluster and an instance have in common. Names change hands at a switchover; the object and its resource id stay. */
interface DatabaseBase {
  identifier: string;
  readonly resourceId: string;
  readonly engine: string;
  engineVersion: string;
  /** The name of its parameter group: a cluster's or an instance's. */
  parameterGroup: string;
  /** RDS's own words: creating, available, upgrading, deleting. */
  status: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  deletionProtection: boolean;
  tags: Record<string, string>;
  kmsKeyId?: string;
  /** `in-sync` if left out. */
  parameterGroupStatus?: string;
  /** Fields that the lab only shows, in the words of the API. */
  shows?: Partial<DBCluster & DBInstance>;
}

/** An Aurora cluster. */
export interface Cluster extends DatabaseBase {
  readonly kind: "cluster";
  /** Whether an application could write through its endpoint now. */
  acceptsWrites: boolean;
  /** For a cluster that was added as RDS answered it: what the API shows of it. */
  readonly given?: DBCluster;
}

/** An instance: of a cluster, or on its own. */
export interface Instance extends DatabaseBase {
  readonly kind: "db";
  readonly cluster?: Cluster;
  /** For a read replica of an RDS instance: that instance. */
  replicaOf?: Instance;
  class: string;
  writer: boolean;
  acceptsWrites: boolean;
  /** RDS instances only; for Aurora's, the cluster decides. */
  storage?: Storage;
  /** For an instance that was added as RDS answered it: what the API shows of it. */
  readonly given?: DBInstance;
  storageOperation?: StorageOperation;
}

/** What an RDS instance does to its storage while its status says so; times in milliseconds since 1970. */
export interface StorageOperation {
  readonly status: "storage-optimization" | "storage-initialization";
  readonly from: number;
  readonly to: number;
}

/** The storage of an RDS instance; sizes in GiB, throughput in MiB/s. */
export interface Storage {
  allocated: number;
  type: string;
  iops?: number;
  throughput?: number;
}

export type Database = Cluster | Instance;

/** A custom endpoint of an Aurora cluster. */
export interface CustomEndpoint {
  readonly kind: "cluster-endpoint";
  identifier: string;
  readonly resourceId: string;
  readonly cluster: Cluster;
  readonly type: "READER" | "ANY";
  /** The instances that it leads to; none for all that it does not exclude. */
  readonly members: readonly Instance[];
  readonly excluded: readonly Instance[];
  /** RDS's own words: available, deleting. */
  status: string;
  /** For an endpoint that was added as RDS answered it: what the API shows of it. */
  readonly given?: DBClusterEndpoint;
}

/** A pair of a deployment; `target` is absent until green exists. */
export interface Pair<Resource> {
  readonly source: Resource;
  /** The name that green has or will have until the switchover. */
  readonly greenName: string;
  target?: Resource;
  /** A status of SwitchoverDetails; absent in the first moments of an RDS instance, as in AWS's sample. */
  status?: string;
  /** True once the names have changed hands. */
  switched?: boolean;
}

/** A pair of databases. */
export type Member = Pair<Database>;

/** A pair of custom endpoints. */
export type EndpointPair = Pair<CustomEndpoint>;

/** How green does not follow blue, in RDS's words. Source: RDS User Guide, "Monitoring read replication". */
export interface BrokenReplication {
  status: "stopped" | "error" | "terminated";
  /** RDS's reason, for an error. */
  message?: string;
}

/** A blue/green deployment as the lab keeps it. */
export interface Deployment {
  readonly identifier: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  deletedAt?: number;
  status: string;
  statusDetails?: string;
  tasks: { Name: string; Status: string }[];
  /** The cluster first, then its instances, the writer before the readers; or the RDS instance, then its read replicas. */
  readonly members: readonly Member[];
  /** Of Aurora clusters alone. */
  readonly endpoints: readonly EndpointPair[];
  readonly tags: Record<string, string>;
  readonly request: CreateBlueGreenDeploymentRequest;
  /** The statement that broke the logical replication; of RDS instances the API shows that it is broken, of Aurora clusters it does not. */
  degradedBy?: string;
  /** True while RDS has not found that statement yet. */
  unseenDdl?: boolean;
  /** Since when green does not follow blue, and from when it did again; since the creation if left out. Milliseconds since 1970. */
  following?: { behindFrom: number; followsFrom?: number };
  /** Set while green does not follow blue though it could again. */
  replication?: BrokenReplication;
  /** For a deployment that was added instead of created: what the API shows of it. */
  readonly given?: BlueGreenDeployment;
}

/** The member that stands for the whole: its ARNs are the deployment's Source and Target. */
export function primaryOf(deployment: Deployment): Member {
  const [primary] = deployment.members;
  if (primary === undefined) throw new Error(`Deployment ${deployment.identifier} has no member: the lab must create at least one.`);
  return primary;
}
