import { lookup } from "node:dns";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createAnswerFunction, LAMBDA, type SlackDelivery } from "../src/clients/answer-function.ts";
import { createBriefCall } from "../src/clients/aws-briefly.ts";
import { type Executions, runningIn } from "../src/clients/executions.ts";
import { createMayInvoke } from "../src/clients/may-invoke.ts";
import { createMetrics } from "../src/clients/metrics.ts";
import type { Records } from "../src/clients/records.ts";
import type { SlackOptions } from "../src/clients/slack/slack.ts";
import { type Log, logOnly } from "../src/clients/telemetry.ts";
import { createAnswerHandler } from "../src/handlers/answer.ts";
import {
  connect,
  OPERATION_TELLS_MS,
  rdsAt,
  SWEEP_TELLS_MS,
  WATCH_TELLS_MS,
  withPeople,
  withQueue,
  withTrial,
} from "../src/handlers/connect.ts";
import { connectWebhook } from "../src/handlers/connect-webhook.ts";
import { createSweepHandler } from "../src/handlers/sweep.ts";
import { createWatchHandler } from "../src/handlers/watch.ts";
import { createWebhookHandler, type WebhookDependencies } from "../src/handlers/webhook.ts";
import { DEFAULTS, type GuardPolicy, type Settings } from "../src/settings/settings.ts";
import type { WebhookSettings } from "../src/settings/webhook.ts";
import type { Clock } from "./clock.ts";
import { type LocalOperations, openLocalOperations, type Requested } from "./operations.ts";
import { lambdaContext } from "./queue/lambda-context.ts";
import { localSelfTests, type SelfTests } from "./self-tests.ts";
import { openSlackEntrance } from "./slack-entrance.ts";

export type { GuardPolicy };

/** Options for the guard on one machine, such as where it finds AWS and Slack. */
export interface LocalGuardOptions {
  /** The endpoint of RDS, DynamoDB, SQS and EventBridge. */
  endpoint: string;
  /** The endpoint of RDS and of its metrics, if it is a different one. */
  rdsEndpoint?: string;
  region: string;
  table: string;
  /** Keeps records and deliveries in place of the table; the table does so if left out. */
  records?: Records;
  /** Stands between the guard and what it is told of its executions; nothing does if left out. */
  executions?(own: Executions): Executions;
  queueUrls: { queue: string; deadLetters: string };
  /** The name of the event bus. */
  bus: string;
  slack: Omit<SlackOptions, "token" | "fetch"> & { token: string };
  /** How Slack signs its commands, and the answer function's name; if left out, Slack sends no commands. */
  commands?: { signingSecret: string; answer: string };
  /** Where facts go besides Slack: the name of the webhook's secret, and its queue. All URLs are taken; if left out, there is no webhook. */
  webhook?: WebhookSettings & { timeoutMs?: number };
  time: Clock;
  /** The folder for operations that are under way. */
  folder: string;
  /** How many times as fast as the real clock `time` runs. */
  speed: number;
  log: Log;
  /** Settings that are left out have the same defaults as in AWS. */
  policy?: Partial<GuardPolicy>;
  /** How long a killed run keeps others from posting and from taking its deliveries, in real milliseconds; 15,000 if left out. */
  runRealMs?: number;
}

/** The guard on one machine: the handlers that run in AWS, with the same clients. */
export interface LocalGuard {
  watch(event: SQSEvent, context: Context): Promise<SQSBatchResponse>;
  /** Posts facts to the webhook, as the webhook function does. */
  webhook(event: SQSEvent): Promise<SQSBatchResponse>;
  sweep(): Promise<void>;
  /** Starts an operation, as EventBridge does. */
  begin(requested: Requested): Promise<void>;
  /** Answers what Slack has sent, as the answer function does. */
  answer(delivery: SlackDelivery): Promise<void>;
  /** Has a function test itself; absent if the guard runs in another process. */
  readonly selfTest?: SelfTests;
  /** Starts the self-test of a durable function; returns its execution's ARN. */
  readonly beginSelfTest?: LocalOperations["selfTest"];
  /** What the guard is told of its executions; absent if it runs in another process. */
  readonly executions?: Executions;
  /** The URL that Slack sends commands to; absent if Slack sends none or the guard is not running. */
  readonly slackUrl?: string;
}

const ANSWER = { name: "bluegreen-guard-answer", timeoutSeconds: 60 };

// Real time: a call on this machine takes milliseconds, however fast the lab's clock runs.
const RUN_REAL_MS = 15_000;

/** Opens the guard on one machine and resumes the operations that an earlier process left; `close` leaves them to the next. */
export async function openLocalGuard(options: LocalGuardOptions): Promise<LocalGuard & { close(): Promise<void> }> {
  const { folder, time, log, speed, commands, runRealMs = RUN_REAL_MS } = options;
  const aws = awsOf(options);
  const guard = withPeople(withQueue(connected(options, aws, runRealMs * speed)));
  const operations = await openLocalOperations(folder, time, { ...guard, selfTests: guard, tellBudgetMs: OPERATION_TELLS_MS * speed });
  const { executions: between = (own) => own } = options;
  const executions = between(operations.executions);
  const watch = createWatchHandler({ ...guard, executions, tellBudgetMs: WATCH_TELLS_MS * speed });
  const sweep = createSweepHandler({ ...guard, executions, tellBudgetMs: SWEEP_TELLS_MS * speed });
  const webhook = webhookOf(options, aws);
  const answer = createAnswerHandler({ ...guard, executions, isRunning: runningIn(executions) });
  const slack = commands && {
    signingSecret: async () => commands.signingSecret,
    answerFunction: createAnswerFunction(commands.answer, createBriefCall(LAMBDA, aws)),
    mayHandOn: createMayInvoke(commands.answer, createBriefCall(LAMBDA, aws)),
  };
  const entrance = slack && (await openSlackEntrance({ ...slack, log }));
  return {
    slackUrl: entrance?.url,
    executions,
    selfTest: localSelfTests({ ...withTrial(guard), executions }, { entrance: slack, webhook }, () => time.now()),
    beginSelfTest: operations.selfTest,
    answer: (delivery) => answer(delivery, lambdaContext({ ...ANSWER, now: () => time.now() })),
    watch,
    webhook: webhook ? createWebhookHandler(webhook) : noWebhook,
    sweep,
    begin: async (requested) => void (await operations.begin(requested)),
    async close() {
      await entrance?.close();
      await operations.close();
    },
  };
}

const noWebhook = () => Promise.reject(new Error("This guard has no webhook."));

function webhookOf({ webhook, log, time }: LocalGuardOptions, aws: ReturnType<typeof awsOf>): WebhookDependencies | undefined {
  if (!webhook) return undefined;
  const { timeoutMs } = webhook;
  return { ...connectWebhook(webhook, aws, { whyNot: () => undefined, timeoutMs, lookup }), telemetry: { log }, time };
}

const awsOf = ({ endpoint, region }: LocalGuardOptions) => ({
  endpoint,
  region,
  credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
});

function connected(options: LocalGuardOptions, aws: ReturnType<typeof awsOf>, aliveMs: number) {
  const { table, records, bus, slack, time, policy, commands, queueUrls } = options;
  const settings: Settings = {
    ...DEFAULTS,
    ...policy,
    operations: true,
    commands: commands !== undefined,
    table,
    bus,
    queueUrl: queueUrls.queue,
    deadLettersUrl: queueUrls.deadLetters,
    slackChannel: slack.channel,
    slackSecret: "",
    allOnBus: options.webhook !== undefined,
    slackApiUrl: slack.apiUrl,
  };
  const rdsAws = { ...aws, endpoint: options.rdsEndpoint ?? options.endpoint };
  const guard = connect(settings, {
    aws,
    rds: rdsAt(rdsAws),
    records,
    slackAt: { ...slack, token: async () => slack.token },
    telemetry: logOnly(options.log),
    time,
    aliveMs,
  });
  return { ...guard, metrics: createMetrics(rdsAws) };
}
