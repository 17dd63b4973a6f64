import {
  BlueGreenDeploymentNotFoundFault,
  DescribeBlueGreenDeploymentsCommand,
  type Event,
  paginateDescribeBlueGreenDeployments,
  paginateDescribeDBClusterEndpoints,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeEvents,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { ClusterEndpoint, Database, Deployment } from "../../deployments/deployment.ts";
import { type AwsOptions, awsClient } from "../aws.ts";
import { clusterEndpointFrom, databaseOfCluster, databaseOfInstance, deploymentFrom } from "./answers.ts";

/** What the guard asks RDS. Every call throws the SDK's error if RDS refuses it, or does not answer in time in five attempts. */
export interface Rds {
  /** The deployment with this id; undefined if RDS does not know it. */
  deployment(id: string): Promise<Deployment | undefined>;
  /** All deployments in the account and region, 100 per call. */
  deployments(): Promise<Deployment[]>;
  /** The clusters, with all their instances, and the instances on both sides of the deployments that exist, sorted by ARN, 100 per call. */
  databases(deployments: readonly Deployment[]): Promise<Database[]>;
  /** The custom endpoints that are members of the deployments and exist; asks RDS nothing if none is a member. */
  endpoints(deployments: readonly Deployment[]): Promise<ClusterEndpoint[]>;
  /** What DescribeEvents lists for deployments, clusters and instances in a window that `event-window.ts` gave, in milliseconds since 1970. */
  events(from: number, until: number): Promise<Event[]>;
}

const SOURCE_TYPES: ReadonlySet<string> = new Set(["blue-green-deployment", "db-cluster", "db-instance"]);

/** Creates the RDS client. */
export function createRds(options: AwsOptions = {}): Rds {
  const client = awsClient(RDSClient, options);
  return {
    deployment: (id) => deployment(client, id),
    async deployments() {
      // RDS returns 100 per page by default, and an emulator accepts no page size.
      const pages = paginateDescribeBlueGreenDeployments({ client }, {});
      return (await collect(pages, (page) => page.BlueGreenDeployments)).map(deploymentFrom);
    },
    async databases(of) {
      const arns = arnsOf(of);
      const clusters = ofKind(arns, "cluster");
      const lists = [
        ...chunks(clusters).map((Values) => clustersOf(client, Values)),
        // Some APIs list a cluster as a member, but none of its instances.
        ...chunks(clusters).map((Values) => instancesOf(client, "db-cluster-id", Values)),
      ];
      const found = new Map((await Promise.all(lists)).flat().map((database) => [database.arn, database]));
      const others = chunks(ofKind(arns, "db").filter((arn) => !found.has(arn)));
      const rest = await Promise.all(others.map((Values) => instancesOf(client, "db-instance-id", Values)));
      for (const database of rest.flat()) found.set(database.arn, database);
      return [...found.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
    },
    async endpoints(of) {
      const names = ofKind(arnsOf(of), "cluster-endpoint").map((arn) => arn.split(":")[6] ?? "");
      return (await Promise.all(chunks(names).map((Values) => endpointsOf(client, Values)))).flat();
    },
    async events(from, until) {
      // Without EndTime the documented default is a Duration of 60 minutes. Source: RDS API, DescribeEvents.
      const list = (EndTime: Date) => eventsOf(client, { StartTime: new Date(from), EndTime });
      const now = Date.now();
      // Nothing documents whether RDS takes an end in the future, which makes up for a clock that is behind: where it does not, now is the end.
      return list(new Date(until)).catch((error: Error) => {
        if (until <= now || from >= now || !/^InvalidParameter/.test(error.name)) throw error;
        return list(new Date(now));
      });
    },
  };
}

// Without a SourceType RDS lists the events of every kind of source: one call where each kind alone would take three.
async function eventsOf(client: RDSClient, window: { StartTime: Date; EndTime: Date }): Promise<Event[]> {
  const all = await collect(paginateDescribeEvents({ client, pageSize: 100 }, window), (page) => page.Events);
  return all.filter(({ SourceType }) => SourceType === undefined || SOURCE_TYPES.has(SourceType));
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

// A filter leaves out what does not exist; an identifier would fail the call.
async function clustersOf(client: RDSClient, Values: string[]): Promise<Database[]> {
  const pages = paginateDescribeDBClusters({ client, pageSize: 100 }, { Filters: [{ Name: "db-cluster-id", Values }] });
  return (await collect(pages, (page) => page.DBClusters)).map(databaseOfCluster);
}

async function instancesOf(client: RDSClient, Name: "db-cluster-id" | "db-instance-id", Values: string[]): Promise<Database[]> {
  const pages = paginateDescribeDBInstances({ client, pageSize: 100 }, { Filters: [{ Name, Values }] });
  return (await collect(pages, (page) => page.DBInstances)).map(databaseOfInstance);
}

async function endpointsOf(client: RDSClient, Values: string[]): Promise<ClusterEndpoint[]> {
  const pages = paginateDescribeDBClusterEndpoints({ client, pageSize: 100 }, { Filters: [{ Name: "db-cluster-endpoint-id", Values }] });
  return (await collect(pages, (page) => page.DBClusterEndpoints)).map(clusterEndpointFrom);
}

function arnsOf(deployments: readonly Deployment[]): string[] {
  const pairs = deployments.flatMap((deployment) => [deployment, ...deployment.members]);
  return [...new Set(pairs.flatMap(({ source, target }) => [source, target]))].filter((arn) => arn !== undefined);
}

const ofKind = (arns: string[], kind: string): string[] => arns.filter((arn) => arn.split(":")[5] === kind);

function chunks(arns: string[]): string[][] {
  const starts = Array.from({ length: Math.ceil(arns.length / 100) }, (_, index) => index * 100);
  return starts.map((start) => arns.slice(start, start + 100));
}

async function collect<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...(items(page) ?? []));
  return all;
}
