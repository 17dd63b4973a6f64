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
  /** What else a recreation needs; absent in records from before the guard read it. */
  configuration?: Configuration;
}

/** A deployment with the databases on both sides that exist now. */
export interface DeploymentView {
  deployment: Deployment;
  databases: Database[];
}

/** Finds a database in the view by ARN, undefined if it does not exist (yet, or any longer). */
export function databaseAt(view: DeploymentView, arn: string | undefined): Database | undefined {
  return view.databases.find((database) => database.arn === arn);
}
