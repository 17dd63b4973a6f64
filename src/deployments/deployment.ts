import type { Configuration } from "./configuration.ts";

/**
 * A blue/green deployment as DescribeBlueGreenDeployments returns it, with defaults for optional fields.
 *
 * All statuses are free text in the API, so expect unknown values. No status exists for degraded replication.
 * Source: RDS API, `BlueGreenDeployment`.
 */
export interface Deployment {
  /** `bgd-…`; the only name that survives a switchover. */
  id: string;
  name: string;
  status: string;
  statusDetails?: string;
  /** ARN of blue; after the switchover, of `X-old1`. */
  source: string;
  /** ARN of green; after the switchover, of `X`; absent until green exists. */
  target?: string;
  members: Member[];
  tasks: Task[];
  /** ISO 8601, UTC. */
  createTime?: string;
  tags: Record<string, string>;
}

/** A pair of clusters or instances in a deployment, by ARN. */
export interface Member {
  source?: string;
  target?: string;
  status?: string;
}

/** A step that RDS takes to build green; AWS may add names. */
export interface Task {
  name: string;
  status: string;
}

/** A cluster or an instance in a deployment, with the fields that the guard uses. Source: RDS API, `DBCluster` and `DBInstance`. */
export interface Database {
  kind: "cluster" | "instance";
  arn: string;
  identifier: string;
  /** `DbClusterResourceId` or `DbiResourceId`: stays the same when the database is renamed. */
  resourceId?: string;
  engine: string;
  engineVersion: string;
  status: string;
  parameterGroups: { name: string; status?: string }[];
  endpoint?: string;
  /** For an instance of a cluster: the cluster's identifier. */
  cluster?: string;
  /** How far a storage operation is, in percent, as RDS writes it; absent while none runs. */
  percentProgress?: string;
  /** For a read replica, as green of an RDS deployment is: how its replication stands. Not documented for Aurora. */
  readReplication?: ReadReplication;
  /** What else a recreation needs; absent in records from before the guard read it. */
  configuration?: Configuration;
}

/**
 * How a read replica's replication stands: `StatusInfos` with the type `read replication`. It carries no time.
 *
 * Source: RDS User Guide, "Monitoring read replication"; RDS API, `DBInstanceStatusInfo`.
 */
export interface ReadReplication {
  /** `replicating`, `replication degraded`, `error`, `stopped`, `terminated`, … */
  status: string;
  /** RDS's reason, if the status is `error`. */
  message?: string;
}

/** A custom endpoint of an Aurora cluster. Source: RDS API, `DBClusterEndpoint`. */
export interface ClusterEndpoint {
  arn: string;
  identifier: string;
  /** `available`, `creating`, `deleting`, `inactive` or `modifying`. */
  status: string;
  /** The identifier of its cluster. */
  cluster: string;
  /** The identifiers of the instances to which it leads; empty for all that it does not exclude. */
  instances: string[];
}

/** A deployment with the databases and custom endpoints on both sides that exist now. */
export interface DeploymentView {
  deployment: Deployment;
  /** Clusters, with all their instances, and instances: also those that `SwitchoverDetails` does not list. */
  databases: Database[];
  /** Absent if no custom endpoint is a member. */
  endpoints?: ClusterEndpoint[];
}

/** Finds a database in the view by ARN, undefined if it does not exist (yet, or any longer). */
export function databaseAt(view: DeploymentView, arn: string | undefined): Database | undefined {
  return view.databases.find((database) => database.arn === arn);
}
