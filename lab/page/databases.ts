import {
  type BlueGreenDeployment,
  type DBCluster,
  type DBInstance,
  paginateDescribeBlueGreenDeployments,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { deploymentFrom } from "../../src/clients/rds/answers.ts";
import type { Deployment } from "../../src/deployments/deployment.ts";

/** What the RDS API says about all databases and deployments; `trouble` says why the last call failed, and the rest is then older. */
export interface DatabasesView {
  readonly deployments: readonly DeploymentView[];
  readonly clusters: readonly ClusterView[];
  readonly instances: readonly InstanceView[];
  readonly trouble?: string;
}

export type DeploymentView = Omit<Deployment, "createTime" | "tags">;
export type ClusterView = ReturnType<typeof cluster>;
export type InstanceView = ReturnType<typeof instance>;

/** The state before the first call. */
export const NOTHING_SEEN: DatabasesView = { deployments: [], clusters: [], instances: [] };

const LONGEST_LOOK_MS = 5_000;

/** Asks the RDS API for everything, all pages. @throws what the SDK throws, including after 5 seconds without an answer. */
export async function lookAtDatabases(client: RDSClient): Promise<DatabasesView> {
  const patience = { abortSignal: AbortSignal.timeout(LONGEST_LOOK_MS) };
  const [deployments, clusters, instances] = await Promise.all([
    all(paginateDescribeBlueGreenDeployments({ client }, {}, patience), ({ BlueGreenDeployments }) => BlueGreenDeployments),
    all(paginateDescribeDBClusters({ client }, {}, patience), ({ DBClusters }) => DBClusters),
    all(paginateDescribeDBInstances({ client }, {}, patience), ({ DBInstances }) => DBInstances),
  ]);
  return { deployments: deployments.map(deployment), clusters: clusters.map(cluster), instances: instances.map(instance) };
}

/** All items of all pages. */
export async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

function deployment(answer: BlueGreenDeployment): DeploymentView {
  const { createTime: _, tags: __, ...shown } = deploymentFrom(answer);
  return shown;
}

function cluster(it: DBCluster) {
  return {
    name: it.DBClusterIdentifier ?? "",
    arn: it.DBClusterArn ?? "",
    engine: it.Engine ?? "",
    version: it.EngineVersion ?? "",
    status: it.Status ?? "",
    endpoint: it.Endpoint,
    readerEndpoint: it.ReaderEndpoint,
    parameterGroup: it.DBClusterParameterGroup,
    members: (it.DBClusterMembers ?? []).map(({ DBInstanceIdentifier, IsClusterWriter }) => ({
      name: DBInstanceIdentifier ?? "",
      writer: IsClusterWriter ?? false,
    })),
  };
}

function instance(it: DBInstance) {
  return {
    name: it.DBInstanceIdentifier ?? "",
    arn: it.DBInstanceArn ?? "",
    cluster: it.DBClusterIdentifier,
    engine: it.Engine ?? "",
    version: it.EngineVersion ?? "",
    status: it.DBInstanceStatus ?? "",
    class: it.DBInstanceClass ?? "",
    endpoint: it.Endpoint?.Address,
    parameterGroups: (it.DBParameterGroups ?? []).map(({ DBParameterGroupName }) => DBParameterGroupName ?? ""),
    replicaOf: it.ReadReplicaSourceDBInstanceIdentifier,
  };
}
