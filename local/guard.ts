import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createBus } from "../src/clients/bus.ts";
import { createDeliveries } from "../src/clients/deliveries.ts";
import { createQueue } from "../src/clients/queue.ts";
import { createRds } from "../src/clients/rds.ts";
import { createRecords } from "../src/clients/records.ts";
import { createSlack, type SlackOptions } from "../src/clients/slack.ts";
import type { Time } from "../src/handlers/channel.ts";
import { createSweepHandler } from "../src/handlers/sweep.ts";
import { type Log, logOnly } from "../src/handlers/telemetry.ts";
import { createWatchHandler } from "../src/handlers/watch.ts";
import type { Watch } from "../src/settings.ts";

/** Where the guard on this machine finds AWS and Slack. */
export interface LocalGuardOptions {
  /** The one address of RDS, DynamoDB, SQS and EventBridge. */
  endpoint: string;
  /** The address of RDS where it is another one. */
  rdsEndpoint?: string;
  region: string;
  table: string;
  queueUrls: { queue: string; deadLetters: string };
  /** The name of the event bus. */
  bus: string;
  /** "all" where left out. */
  watch?: Watch;
  slack: SlackOptions;
  time: Time;
  /** How many times as fast as the real clock `time` runs. */
  speed: number;
  log: Log;
  /** 6 where left out. */
  stuckAfterHours?: number;
  /** How long a killed run keeps others from telling and from taking its deliveries, in real milliseconds; 15,000 where left out. */
  runRealMs?: number;
}

/** The guard on one machine: the handlers that run in AWS, with the same clients. */
export interface LocalGuard {
  watch(event: SQSEvent, context: Context): Promise<SQSBatchResponse>;
  sweep(context: Context): Promise<void>;
}

// Real time: a call on this machine takes milliseconds, however fast the lab's clock runs.
const RUN_REAL_MS = 15_000;
const WATCH_TELLS_REAL_MS = 40_000;
const SWEEP_TELLS_REAL_MS = 120_000;

/** Makes the guard on one machine. */
export function createLocalGuard(options: LocalGuardOptions): LocalGuard {
  const { endpoint, region, table, time, log, runRealMs = RUN_REAL_MS } = options;
  const aws = { endpoint, region, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const dependencies = {
    rds: createRds({ ...aws, endpoint: options.rdsEndpoint ?? endpoint }),
    records: createRecords(table, aws),
    deliveries: createDeliveries(table, aws),
    queue: createQueue(options.queueUrls, aws),
    bus: createBus(options.bus, aws),
    slack: createSlack(options.slack),
    watch: options.watch ?? "all",
    time,
    holdMs: runRealMs * options.speed,
    telemetry: logOnly(log),
    stuckAfterHours: options.stuckAfterHours ?? 6,
  };
  const watch = createWatchHandler({ ...dependencies, tellBudgetMs: WATCH_TELLS_REAL_MS * options.speed });
  const sweep = createSweepHandler({ ...dependencies, tellBudgetMs: SWEEP_TELLS_REAL_MS * options.speed });
  // Powertools measures by the real clock how long a killed run keeps its delivery.
  const withRealTime = (context: Context): Context => ({ ...context, getRemainingTimeInMillis: () => runRealMs });
  return {
    watch: (event, context) => watch(event, withRealTime(context)),
    sweep: (context) => sweep({}, withRealTime(context)),
  };
}
