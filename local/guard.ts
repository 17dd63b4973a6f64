import { createRds } from "../src/clients/rds.ts";
import { createRecords } from "../src/clients/records.ts";
import { createSlack } from "../src/clients/slack.ts";
import type { Taken } from "../src/handlers/take.ts";
import { createWatchHandler } from "../src/handlers/watch.ts";
import type { RouteName } from "../src/rules/routes.ts";
import { routeOf } from "./bus.ts";
import { putAside } from "./put-aside.ts";

/** Where the guard on this machine finds AWS and Slack, and where it keeps what it could not handle. */
export interface LocalGuardOptions {
  /** The one address of RDS and DynamoDB. */
  endpoint: string;
  region: string;
  table: string;
  slack: { token: string; channel: string; apiUrl: string };
  /** The folder for events that could not be handled. */
  asideFolder: string;
  now(): number;
}

/** What became of one event: left out by the routes, taken by the watch handler, or put aside as a file. */
export interface Received {
  route?: RouteName;
  taken?: Taken;
  asideFile?: string;
  error?: Error;
}

/** The guard on one machine: the handlers that run in AWS, called in-process with the same clients. */
export interface LocalGuard {
  /** Gives one event to the routes, as EventBridge would. */
  receive(event: unknown): Promise<Received>;
}

/** Makes the guard on one machine. */
export function createLocalGuard(options: LocalGuardOptions): LocalGuard {
  const { endpoint, region } = options;
  const aws = { endpoint, region, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const watch = createWatchHandler({
    rds: createRds(aws),
    records: createRecords(options.table, aws),
    slack: createSlack(options.slack),
    now: options.now,
  });
  return {
    async receive(event) {
      const route = routeOf(event);
      if (!route) return {};
      try {
        return { route, taken: await watch(event) };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        return { route, error, asideFile: await putAside(options.asideFolder, event, error) };
      }
    },
  };
}
