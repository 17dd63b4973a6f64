import type { Configuration } from "./configuration.ts";

/**
 * A blue/green deployment as DescribeBlueGreenDeployments answers it, with the optional fields settled.
 *
 * `status`, member and task statuses are free text in the API: unknown values occur. There is no status for degraded replication.
 * Source: RDS API, `BlueGreenDeployment`.
 */
export interface Deployment {
  /** `bgd-…`; the only name that survives a switchover. */
  id: string;
  name: string;
  status: string;
  statusDetails?: string;
  /** ARN of blue; of `X-old1` after the switchover. */
  source: string;
  /** ARN of green; of `X` after the switchover; absent while green is not there yet. */
  target?: string;
  members: Member[];
  tasks: Task[];
  /** ISO 8601, UTC. */
  createTime?: string;
  tags: Record<string, string>;
}

/** One pair of clusters or instances of a deployment, by ARN. */
export interface Member {
  source?: string;
  target?: string;
  status?: string;
}

/** One step that RDS takes to build green; the names are an open list. */
export interface Task {
  name: string;
  status: string;
}

/** A cluster or an instance of a deployment, as far as the guard shows it. Source: RDS API, `DBCluster` and `DBInstance`. */
export interface Database {
  kind: "cluster" | "instance";
  arn: string;
  identifier: string;
  /** `DbClusterResourceId` or `DbiResourceId`: stays with the database whatever it is called. */
  resourceId?: string;
  engine: string;
  engineVersion: string;
  status: string;
  parameterGroups: { name: string; status?: string }[];
  endpoint?: string;
  /** What a recreation asks of it beside that; absent in what was written down before the guard read it. */
  configuration?: Configuration;
}

/** A deployment with the databases of both sides that exist now. */
export interface DeploymentView {
  deployment: Deployment;
  databases: Database[];
}

/** The database of a view that an ARN names, or nothing where it does not exist (any more, or yet). */
export function databaseAt(view: DeploymentView, arn: string | undefined): Database | undefined {
  return view.databases.find((database) => database.arn === arn);
}
