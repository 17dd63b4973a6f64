import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createAnswers, type SlackDelivery } from "../src/clients/answer-function.ts";
import { createBus } from "../src/clients/bus.ts";
import { createDeliveries } from "../src/clients/deliveries.ts";
import { createQueue } from "../src/clients/queue.ts";
import { createRdsChanges } from "../src/clients/rds/changes.ts";
import { createRdsDescribe } from "../src/clients/rds/describe/describe.ts";
import { createRds } from "../src/clients/rds/rds.ts";
import { createRecords, type Records } from "../src/clients/records.ts";
import { createSlackPeople } from "../src/clients/slack/people.ts";
import { createReplies } from "../src/clients/slack/replies.ts";
import { createSlack, type SlackOptions } from "../src/clients/slack/slack.ts";
import { type Log, logOnly } from "../src/clients/telemetry.ts";
import { createAnswerHandler } from "../src/handlers/answer.ts";
import { createSweepHandler } from "../src/handlers/sweep.ts";
import { createWatchHandler } from "../src/handlers/watch.ts";
import { DEFAULTS, type Settings } from "../src/settings/settings.ts";
import type { Clock } from "./clock.ts";
import { deliveriesIn } from "./deliveries-in-records.ts";
import { openLocalOperations, type Requested } from "./operations.ts";
import { openSlackEntrance } from "./slack-entrance.ts";

/** What the guard on this machine does by itself, and when. */
export type GuardPolicy = Pick<
  Settings,
  | "watch"
  | "stuckAfterHours"
  | "onDegraded"
  | "tagMayRaise"
  | "settleMinutes"
  | "maxRecreatesPerDay"
  | "principal"
  | "operators"
  | "approvals"
  | "channels"
>;

/** Where the guard on this machine finds AWS and Slack. */
export interface LocalGuardOptions {
  /** The one address of RDS, DynamoDB, SQS and EventBridge. */
  endpoint: string;
  /** The address of RDS where it is another one. */
  rdsEndpoint?: string;
  region: string;
  table: string;
  /** What keeps records and deliveries instead of the table; the table where left out. */
  records?: Records;
  queueUrls: { queue: string; deadLetters: string };
  /** The name of the event bus. */
  bus: string;
  slack: SlackOptions;
  /** Slack sends commands: how it signs them, the answer function's name, and where it is answered; left out, it sends none. */
  commands?: { signingSecret: string; answer: string; repliesAt: string };
  time: Clock;
  /** The folder for operations that are under way. */
  folder: string;
  /** How many times as fast as the real clock `time` runs. */
  speed: number;
  log: Log;
  /** What is not said is as in AWS. */
  policy?: Partial<GuardPolicy>;
  /** How long a killed run keeps others from telling and from taking its deliveries, in real milliseconds; 15,000 where left out. */
  runRealMs?: number;
}

/** The guard on one machine: the handlers that run in AWS, with the same clients. */
export interface LocalGuard {
  watch(event: SQSEvent, context: Context): Promise<SQSBatchResponse>;
  sweep(context: Context): Promise<void>;
  /** Has an operation begun, as EventBridge does. */
  begin(requested: Requested): Promise<void>;
  /** Answers what Slack has sent, as the answer function does. */
  answer(delivery: SlackDelivery): Promise<void>;
  /** The address that Slack sends commands to; absent where it sends none, or nobody is there. */
  readonly slackUrl?: string;
}

// Real time: a call on this machine takes milliseconds, however fast the lab's clock runs.
const RUN_REAL_MS = 15_000;
const WATCH_TELLS_REAL_MS = 40_000;
const SWEEP_TELLS_REAL_MS = 120_000;
const OPERATION_TELLS_REAL_MS = 30_000;

/** Opens the guard on one machine, and goes on with the operations that an earlier process left; `close` leaves them to the next. */
export async function openLocalGuard(options: LocalGuardOptions): Promise<LocalGuard & { close(): Promise<void> }> {
  const { endpoint, region, table, records, time, log, runRealMs = RUN_REAL_MS } = options;
  const aws = { endpoint, region, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const rds = { ...aws, endpoint: options.rdsEndpoint ?? endpoint };
  const settings = { ...DEFAULTS, operators: [], channels: [], ...options.policy, commands: options.commands !== undefined };
  const dependencies = {
    rds: { ...createRds(rds), ...createRdsChanges(rds), ...createRdsDescribe(rds) },
    records: records ?? createRecords(table, aws),
    deliveries: records ? deliveriesIn(records, () => time.now()) : createDeliveries(table, aws),
    queue: createQueue(options.queueUrls, aws),
    bus: createBus(options.bus, aws),
    slack: createSlack(options.slack),
    ...settings,
    automatic: settings,
    operations: true,
    time,
    holdMs: runRealMs * options.speed,
    telemetry: logOnly(log),
  };
  const watch = createWatchHandler({ ...dependencies, tellBudgetMs: WATCH_TELLS_REAL_MS * options.speed });
  const sweep = createSweepHandler({ ...dependencies, tellBudgetMs: SWEEP_TELLS_REAL_MS * options.speed });
  const operations = await openLocalOperations(options.folder, time, {
    ...dependencies,
    tellBudgetMs: OPERATION_TELLS_REAL_MS * options.speed,
  });
  // Powertools measures by the real clock how long a killed run keeps its delivery.
  const withRealTime = (context: Context): Context => ({ ...context, getRemainingTimeInMillis: () => runRealMs });
  const { commands } = options;
  const answer = createAnswerHandler({
    ...dependencies,
    people: createSlackPeople(options.slack),
    replies: createReplies({ origin: commands && new URL(commands.repliesAt).origin }),
    executions: { read: async (arn) => (operations.isRunning(arn) ? { status: "RUNNING" } : undefined) },
  });
  const entrance =
    commands &&
    (await openSlackEntrance({
      signingSecret: async () => commands.signingSecret,
      answers: createAnswers(commands.answer, aws),
      log,
    }));
  return {
    slackUrl: entrance?.url,
    answer,
    watch: (event, context) => watch(event, withRealTime(context)),
    sweep: (context) => sweep({}, withRealTime(context)),
    begin: async (requested) => void (await operations.begin(requested)),
    async close() {
      await entrance?.close();
      await operations.close();
    },
  };
}
