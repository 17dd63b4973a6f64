import {
  BlueGreenDeploymentNotFoundFault,
  DescribeBlueGreenDeploymentsCommand,
  paginateDescribeBlueGreenDeployments,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { Database, Deployment } from "../deployments/deployment.ts";
import { type AwsOptions, clientOptions } from "./aws.ts";
import { databaseOfCluster, databaseOfInstance, deploymentFrom } from "./rds-answers.ts";

/** What the guard asks of RDS. Every call throws the SDK's error where RDS refuses, or five times does not answer in time. */
export interface Rds {
  /** The deployment with the id, or nothing where RDS does not know it. */
  deployment(id: string): Promise<Deployment | undefined>;
  /** All deployments of the account and region, 100 a call. */
  deployments(): Promise<Deployment[]>;
  /** The clusters and instances of both sides of a deployment that exist. */
  databases(deployment: Deployment): Promise<Database[]>;
}

/** Makes the RDS client. */
export function createRds(options: AwsOptions = {}): Rds {
  const client = new RDSClient(clientOptions(options));
  return {
    deployment: (id) => deployment(client, id),
    async deployments() {
      const pages = paginateDescribeBlueGreenDeployments({ client, pageSize: 100 }, {});
      return (await collect(pages, (page) => page.BlueGreenDeployments)).map(deploymentFrom);
    },
    async databases(of) {
      const arns = [of, ...of.members].flatMap((pair) => [pair.source, pair.target]).filter((arn) => arn !== undefined);
      const [clusters, instances] = await Promise.all([clustersOf(client, arns), instancesOf(client, arns)]);
      return [...clusters, ...instances];
    },
  };
}

async function deployment(client: RDSClient, id: string): Promise<Deployment | undefined> {
  try {
    const answer = await client.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier: id }));
    return answer.BlueGreenDeployments?.map(deploymentFrom)[0];
  } catch (error) {
    if (error instanceof BlueGreenDeploymentNotFoundFault) return undefined;
    throw error;
  }
}

// A filter leaves out what does not exist, where an identifier would fail the call.
async function clustersOf(client: RDSClient, arns: string[]): Promise<Database[]> {
  const Values = ofKind(arns, "cluster");
  if (Values.length === 0) return [];
  const pages = paginateDescribeDBClusters({ client, pageSize: 100 }, { Filters: [{ Name: "db-cluster-id", Values }] });
  return (await collect(pages, (page) => page.DBClusters)).map(databaseOfCluster);
}

async function instancesOf(client: RDSClient, arns: string[]): Promise<Database[]> {
  const Values = ofKind(arns, "db");
  if (Values.length === 0) return [];
  const pages = paginateDescribeDBInstances({ client, pageSize: 100 }, { Filters: [{ Name: "db-instance-id", Values }] });
  return (await collect(pages, (page) => page.DBInstances)).map(databaseOfInstance);
}

const ofKind = (arns: string[], kind: string): string[] => [...new Set(arns.filter((arn) => arn.split(":")[5] === kind))];

async function collect<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...(items(page) ?? []));
  return all;
}
