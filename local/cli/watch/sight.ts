import {
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClusterEndpointsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { type AwsOptions, awsClient } from "../../../src/clients/aws.ts";
import type { Metrics } from "../../../src/clients/metrics.ts";
import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";

/** One thing that watching looks at, and the permission that it takes. */
export interface Sight {
  permission: string;
  /** What it sees with it, in words. */
  sees: string;
  /** What it cannot do without it, as a sentence. */
  without: string;
}

/** The outcome: seen, or not, because the permission is missing or for another reason. */
export interface Seen extends Sight {
  /** AWS's own words; absent if it is seen. */
  refusal?: string;
  isDenied: boolean;
}

/** Without this permission there is nothing to watch. */
export const DEPLOYMENTS = "rds:DescribeBlueGreenDeployments";

/** What watching asks of RDS, each as a call of its own that costs nothing and needs no deployment. */
const OF_RDS: readonly (Sight & { ask(client: RDSClient): Promise<unknown> })[] = [
  {
    permission: DEPLOYMENTS,
    sees: "blue/green deployments",
    without: "It sees no deployment, so it has nothing to tell.",
    ask: (client) => client.send(new DescribeBlueGreenDeploymentsCommand({ MaxRecords: LEAST })),
  },
  {
    permission: "rds:DescribeEvents",
    sees: "events",
    without: "It does not hear what RDS reports, such as the DDL that ruins a deployment: on Aurora nothing else says so.",
    ask: (client) => client.send(new DescribeEventsCommand({ MaxRecords: LEAST, Duration: 1 })),
  },
  {
    permission: "rds:DescribeDBClusters",
    sees: "clusters",
    without: "It tells nothing of deployments of Aurora clusters, since it does not see how they stand.",
    ask: (client) => client.send(new DescribeDBClustersCommand({ MaxRecords: LEAST })),
  },
  {
    permission: "rds:DescribeDBInstances",
    sees: "instances",
    without: "It tells nothing of any deployment, since it does not see how the instances stand.",
    ask: (client) => client.send(new DescribeDBInstancesCommand({ MaxRecords: LEAST })),
  },
  {
    permission: "rds:DescribeDBClusterEndpoints",
    sees: "custom endpoints",
    without: "It tells nothing of deployments of clusters with custom endpoints.",
    ask: (client) => client.send(new DescribeDBClusterEndpointsCommand({ MaxRecords: LEAST })),
  },
];

// Source: RDS API, MaxRecords: 20 to 100.
const LEAST = 20;

const LAG: Sight = {
  permission: "cloudwatch:GetMetricData",
  sees: "the lag",
  without: "How far green lags behind blue stays unknown.",
};

/** All that watching looks at. */
export const SIGHTS: readonly Sight[] = [...OF_RDS, LAG];

/** Makes each call that watching needs once, and says which are refused; changes nothing. */
export async function seeWhatIsSeen(aws: AwsOptions, metrics: Pick<Metrics, "lag">, now: number): Promise<Seen[]> {
  const client = awsClient(RDSClient, { ...aws, maxAttempts: 2 });
  const ofRds = OF_RDS.map(async ({ ask, ...sight }): Promise<Seen> => {
    try {
      await ask(client);
      return { ...sight, isDenied: false };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { ...sight, refusal: `${error.name}: ${error.message}`, isDenied: DENIED.test(error.name) };
    }
  });
  const seen = await Promise.all([...ofRds, lagSeen(metrics, now)]);
  client.destroy();
  return seen;
}

async function lagSeen(metrics: Pick<Metrics, "lag">, now: number): Promise<Seen> {
  const [lag] = await metrics.lag([{ name: "ReplicaLag", side: "green", unit: "seconds", instance: "bluegreen-guard" }], now);
  // No instance has that name: that there is no data of it is all that CloudWatch says to who may ask.
  const refusal = lag?.state === "unknown" && lag.why.code !== "no-data" ? say(words.LAG_UNKNOWN, lag.why, inTerminal) : undefined;
  return { ...LAG, refusal, isDenied: refusal !== undefined && DENIED.test(refusal) };
}

const DENIED = /AccessDenied|UnauthorizedOperation|Forbidden/;
