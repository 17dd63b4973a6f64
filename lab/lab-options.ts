import type { Clock } from "../local/clock.ts";
import type { GuardPolicy } from "../local/guard.ts";
import type { Recording } from "../local/recording.ts";
import type { Executions } from "../src/clients/executions.ts";
import type { Records } from "../src/clients/records.ts";
import type { Log } from "../src/clients/telemetry.ts";
import type { RouteName } from "../src/rules/routes.ts";
import type { Lab } from "./opened-lab.ts";
import type { Identifiers } from "./rds/identifiers.ts";
import type { LabEnvelope } from "./rds/rds.ts";
import type { Template } from "./stack/template.ts";

/** Options for opening the lab. */
export interface LabOptions {
  clock: Clock;
  /** How many times as fast as the real clock `clock` runs; 1 if left out. */
  speed?: number;
  /** 0 takes a free port. */
  port: number;
  /** The folder for the guard's records and queue, emptied first; `.bluegreen-guard/lab-<port>` if left out. */
  folder?: string;
  /** Called for every RDS event, with the route that takes it, if any. */
  onEvent?(event: unknown, route: RouteName | undefined): void;
  /** Names the RDS events that are lost on their way: DescribeEvents lists them, and they never reach the routes. If left out, none. */
  lose?(event: LabEnvelope): boolean;
  /** Makes the ids of what RDS creates; chance does if left out. */
  identifiers?: Identifiers;
  /** Receives the guard's log of events and failures, if given. */
  log?: Log;
  /** Keeps the guard's records and deliveries if the guard runs in this process; if left out, DynamoDB on the lab's address does. */
  records?: Records;
  /** Stands between the guard and what it is told of its executions, if the guard runs in this process; for executions that died. */
  executions?(own: Executions): Executions;
  /** Runs the guard in its own process, which can be killed; in this process if left out. */
  ownProcess?: boolean;
  /** Creates the page that the lab serves next to AWS and Slack; no page if left out. */
  page?(lab: Lab): { fetch(request: Request): Response | Promise<Response>; close(): void };
  /** Whether a receiver on 127.0.0.1 gets all facts as a webhook; none does if left out. */
  webhook?: boolean;
  /** How long the guard waits for the webhook's answer, in real milliseconds; 5000 if left out. */
  webhookTimeoutMs?: number;
  /** How long the guard waits for Slack's answer, in real milliseconds; 5000 if left out. */
  slackTimeoutMs?: number;
  /** What AWS and Slack answered elsewhere, which they answer here again; what is not in there the lab answers itself. */
  recording?: Recording;
  /** The template of the deployed guard, if its stack is to be seen: what the services say of it follows from the template. */
  deployed?: Template;
  /** What the guard does automatically; anything left out is as in AWS. */
  policy?: Partial<GuardPolicy>;
}
