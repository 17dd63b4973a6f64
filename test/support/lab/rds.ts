import { createServer, type Server } from "node:http";
import { RDSClient } from "@aws-sdk/client-rds";
import { getRequestListener } from "@hono/node-server";
import { onTestFinished } from "vitest";
import { createLabRds, type LabEnvelope, type LabRds, type LabRdsOptions } from "../../../lab/rds/rds.ts";
import { VirtualClock } from "../../../local/clock.ts";

/** A lab's RDS on a port of its own, its client, and what it delivered. */
export interface TestLab {
  clock: VirtualClock;
  rds: LabRds;
  client: RDSClient;
  url: string;
  delivered: LabEnvelope[];
  /** Runs a story: time moves only while it waits. */
  story(tell: () => Promise<void>): Promise<void>;
  /** Waits so many minutes of the lab's time; only inside a story. */
  minutes(count: number): Promise<void>;
}

/** Starts a lab at a moment (ISO 8601); it ends with the test. */
export async function startLab(at = "2024-02-05T06:10:00.000Z", options: Partial<LabRdsOptions> = {}): Promise<TestLab> {
  const clock = new VirtualClock(Date.parse(at));
  const delivered: LabEnvelope[] = [];
  const deliver = async (envelope: LabEnvelope): Promise<void> => {
    delivered.push(envelope);
  };
  const rds = createLabRds({ clock, deliver, ...options });
  const url = await listening(createServer(getRequestListener(rds.fetch)));
  const client = clientOf(url);
  return {
    clock,
    rds,
    client,
    url,
    delivered,
    story: (tell) => clock.work(tell),
    minutes: (count) => clock.until(clock.now() + count * 60_000),
  };
}

/** A real SDK client that asks that address, once. */
export function clientOf(endpoint: string): RDSClient {
  const client = new RDSClient({
    endpoint,
    region: "ap-northeast-1",
    credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** Opens a server on 127.0.0.1 until the test ends; answers with its address. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error(`The test server has no port, but ${String(address)}.`);
  return `http://127.0.0.1:${address.port}`;
}

/** The article's blue cluster, as it was before the upgrade. */
export function addArticleCluster(rds: LabRds, more: { readers?: string[]; tags?: Record<string, string> } = {}): void {
  rds.addCluster({
    identifier: "db-cluster",
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "cluster-14",
    instances: ["db-instance-writer", ...(more.readers ?? [])].map((identifier) => ({
      identifier,
      class: "db.t4g.medium",
      parameterGroup: "instance-14",
    })),
    tags: more.tags ?? {},
  });
}

/** What the article's create call asked for. */
export const ARTICLE_CREATE = {
  BlueGreenDeploymentName: "blue-green",
  Source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:db-cluster",
  TargetEngineVersion: "15.5",
  TargetDBClusterParameterGroupName: "aurorastack-auroradbclusterparametergroup150c75b72f-olcenkiixqad",
  TargetDBParameterGroupName: "aurorastack-auroradbparametergroup158895769d-slpjow9ruia7",
};

/** The article's names for the first deployment. */
export const ARTICLE_IDS = {
  deployment: "bgd-hy5ntvomddiv89r8",
  suffixes: { "db-cluster": "ak5mgh", "db-instance-writer": "8n9hio" },
};
