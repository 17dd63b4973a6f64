import type { Clock } from "../local/clock.ts";
import type { GuardPolicy } from "../local/guard.ts";
import type { Records } from "../src/clients/records.ts";
import type { Log } from "../src/clients/telemetry.ts";
import type { RouteName } from "../src/rules/routes.ts";
import type { Lab } from "./opened-lab.ts";
import type { LabEnvelope } from "./rds/rds.ts";

/** What the lab is opened with. */
export interface LabOptions {
  clock: Clock;
  /** How many times as fast as the real clock `clock` runs; 1 where left out. */
  speed?: number;
  /** 0 takes a free port. */
  port: number;
  /** The folder for the guard's records and queue, emptied first; `.bluegreen-guard/lab-<port>` where left out. */
  folder?: string;
  /** Is told of every RDS event and the route that takes it, if one does. */
  onEvent?(event: unknown, route: RouteName | undefined): void;
  /** Which events that RDS sends are lost on their way: DescribeEvents lists them, and they never reach the routes. None where left out. */
  lose?(event: LabEnvelope): boolean;
  /** What the guard says of events and failures; left out, nobody hears it. */
  log?: Log;
  /** What keeps the guard's records and deliveries, where the guard runs in this process; DynamoDB on the lab's address where left out. */
  records?: Records;
  /** Runs the guard in a process of its own, which can be killed; in this process where left out. */
  ownProcess?: boolean;
  /** Makes the page that the lab serves beside AWS and Slack; none where left out. */
  page?(lab: Lab): { fetch(request: Request): Response | Promise<Response>; close(): void };
  /** How long the guard waits for Slack's answer, in real milliseconds; 5000 where left out. */
  slackTimeoutMs?: number;
  /** What the guard does by itself; what is not said is as in AWS. */
  policy?: Partial<GuardPolicy>;
}
