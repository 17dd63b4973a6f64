import { mkdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { RDSClient } from "@aws-sdk/client-rds";
import type { HttpBindings } from "@hono/node-server";
import { routeOf } from "../local/bus.ts";
import type { Clock } from "../local/clock.ts";
import { createLocalGuard, type LocalGuard, type Received } from "../local/guard.ts";
import { ensureTable, openRecordsServer } from "../local/records-server.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import type { RouteName } from "../src/rules/routes.ts";
import { createLabRds, type LabEnvelope, type LabRds } from "./rds/rds.ts";
import { addressOf, listenerOf, startServer } from "./server.ts";
import { createLabSlack, type LabSlack } from "./slack/slack.ts";

export const REGION = "ap-northeast-1";
const TABLE = "bluegreen-guard";
const TOKEN = "xoxb-lab";

/** What the lab is opened with. */
export interface LabOptions {
  clock: Clock;
  /** 0 takes a free port. */
  port: number;
  /** The folder for the guard's records and for events put aside, emptied first; `.bluegreen-guard/lab-<port>` where left out. */
  folder?: string;
  /** Is told of every RDS event and the route that takes it, if one does. */
  onEvent?(event: LabEnvelope, route: RouteName | undefined): void;
  /** Is told what became of every event that a route took. */
  onReceived?(event: LabEnvelope, received: Received): void;
}

/** A make-believe AWS and Slack on one address of 127.0.0.1, with the guard connected to them. */
export interface Lab {
  url: string;
  folder: string;
  rds: LabRds;
  slack: LabSlack;
  guard: LocalGuard;
  /** A real SDK client for what people do. */
  aws: RDSClient;
  /** Resolves once the guard has handled every event that RDS has sent so far. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the lab. Rejects with node's EADDRINUSE error for a port in use, before anything is written. */
export async function openLab({ clock, port, onEvent, onReceived, ...options }: LabOptions): Promise<Lab> {
  const slack = createLabSlack({ clock, token: TOKEN });
  const rds = createLabRds({
    clock,
    region: REGION,
    async deliver(event) {
      onEvent?.(event, routeOf(event));
      const received = await guard.receive(event);
      if (received.route) onReceived?.(event, received);
    },
  });
  const slackListener = listenerOf((request, env) => slack.fetch(request, env as HttpBindings));
  const rdsListener = listenerOf((request) => rds.fetch(request));
  const server = await startServer(port, () => ({ aws: { rds: rdsListener, dynamodb: records.listener }, other: slackListener }));
  const url = addressOf(server);
  // Only now: a port in use means that another lab is at work in its folder.
  const folder = options.folder ?? join(".bluegreen-guard", `lab-${new URL(url).port}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const records = openRecordsServer(join(folder, "records"));
  const aws: AwsOptions = { endpoint: url, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  await ensureTable(TABLE, aws);
  const guard = createLocalGuard({
    endpoint: url,
    region: REGION,
    table: TABLE,
    slack: { token: TOKEN, channel: slack.channels[0]?.id ?? "", apiUrl: `${url}/slack/api/` },
    asideFolder: join(folder, "put-aside"),
    now: () => clock.now(),
  });
  const client = new RDSClient({ ...aws, maxAttempts: 1 });
  return {
    url,
    folder,
    rds,
    slack,
    guard,
    aws: client,
    settled: () => rds.delivered(),
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await records.close();
      await rm(join(folder, "records"), { recursive: true, force: true });
      // What was put aside stays for a person to look at.
      await rmdir(folder).catch(() => undefined);
    },
  };
}
