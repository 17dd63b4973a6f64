import type { RDSClient } from "@aws-sdk/client-rds";
import type { EventBus } from "../local/event-bridge/event-bus.ts";
import type { GuardHost } from "../local/guard-host.ts";
import type { Queue } from "../local/queue/queue.ts";
import type { Records } from "../src/clients/records.ts";
import type { RouteName } from "../src/rules/routes.ts";
import type { LabAccount } from "./account.ts";
import type { LabCloudWatch } from "./cloudwatch.ts";
import type { EventWay } from "./event-way.ts";
import type { LabIam } from "./iam.ts";
import type { Journal } from "./journal.ts";
import type { LabRds } from "./rds/rds.ts";
import type { LabSecrets } from "./secrets.ts";
import type { LabSlack } from "./slack/slack.ts";
import type { LabWebhook } from "./webhook/webhook.ts";

/** A make-believe AWS and Slack on one address of 127.0.0.1, with the guard connected to them. */
export interface Lab {
  url: string;
  folder: string;
  /** The account, and what is deployed in it. */
  account: LabAccount;
  rds: LabRds;
  slack: LabSlack;
  queue: Queue;
  /** The guard's event bus. */
  bus: EventBus;
  secrets: LabSecrets;
  /** The webhook that gets the facts, if the lab has one. */
  webhook?: LabWebhook;
  iam: LabIam;
  /** How far each green lags, as CloudWatch says. */
  cloudwatch: LabCloudWatch;
  /** What happens to events between RDS and the routes. */
  way: EventWay;
  /** All events and what became of each. */
  journal: Journal;
  /** The guard's process, if it has its own. */
  host?: GuardHost;
  /** A real SDK client for what people do. */
  aws: RDSClient;
  /** The guard's records: over the wire, unless the lab was opened with others. */
  records: Records;
  /** The URL that Slack sends commands to; undefined while the guard is not running. */
  slackUrl(): string | undefined;
  /** Passes an event to the routes, as EventBridge would; returns the route that took it. */
  give(event: unknown): Promise<RouteName | undefined>;
  /** Runs the sweep once. */
  sweep(): Promise<void>;
  /** Resolves once the guard has handled every event that RDS has sent so far. Do not await it in a task of the clock. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
