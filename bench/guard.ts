import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { VirtualClock } from "../local/clock.ts";
import { lambdaContext } from "../local/queue/lambda-context.ts";
import { queueUrl } from "../local/queue/names.ts";
import { createBus } from "../src/clients/bus.ts";
import { createDeliveries } from "../src/clients/deliveries.ts";
import { createQueue, type Queue } from "../src/clients/queue.ts";
import { createRds } from "../src/clients/rds/rds.ts";
import { createRecords } from "../src/clients/records.ts";
import { createSlack } from "../src/clients/slack/slack.ts";
import { logOnly } from "../src/clients/telemetry.ts";
import { createSweepHandler } from "../src/handlers/sweep.ts";
import { createWatchHandler } from "../src/handlers/watch.ts";
import { DEFAULTS } from "../src/settings/settings.ts";
import { awsAt, BUS, type Playground, TABLES, TOKEN } from "./playground.ts";
import { type Listen, tapped, withTappedFetch } from "./wire.ts";

/** The guard's handlers over its own clients, on a clock that jumps: Slack's pace of a message a second costs no time. */
export interface BenchGuard {
  clock: VirtualClock;
  /** What it said went wrong. */
  errors: string[];
  watch(event: SQSEvent): Promise<SQSBatchResponse>;
  sweep(): Promise<void>;
}

/** What a bench may want otherwise than as the guard has it. */
export interface BenchGuardOptions {
  /** Is told of every call over the wire. */
  listen?: Listen;
  /** Is told besides when a message is to come back. */
  onRetry?: Queue["retryAfter"];
}

const CHANNEL_LOCK_MS = 90_000;
const TELL_MS = 40_000;

/** Connects the guard to a playground. */
export function connectGuard(playground: Playground, { listen = () => {}, onRetry }: BenchGuardOptions): BenchGuard {
  const { url, channel, now } = playground;
  const aws = tapped(awsAt(url), listen);
  const clock = new VirtualClock(now);
  const errors: string[] = [];
  const queue = createQueue({ queue: queueUrl(url, "events"), deadLetters: queueUrl(url, "dead-letters") }, aws);
  const dependencies = {
    rds: createRds(aws),
    records: createRecords(TABLES.guard, aws),
    deliveries: createDeliveries(TABLES.guard, aws),
    queue: {
      ...queue,
      async retryAfter(receiptHandle: string, seconds: number) {
        await Promise.all([queue.retryAfter(receiptHandle, seconds), onRetry?.(receiptHandle, seconds)]);
      },
    },
    bus: createBus(BUS, aws),
    slack: withTappedFetch(listen, () => createSlack({ token: TOKEN, channel, apiUrl: `${url}/slack/api/` })),
    time: clock,
    channelLockMs: CHANNEL_LOCK_MS,
    tellBudgetMs: TELL_MS,
    telemetry: logOnly({ info: () => {}, error: (message: string) => void errors.push(message) }),
    ...DEFAULTS,
    operations: false,
  };
  const watch = createWatchHandler(dependencies);
  const sweep = createSweepHandler(dependencies);
  return { clock, errors, watch: (event) => watch(event, context()), sweep: () => sweep({}, context()) };
}

function context(): Context {
  return lambdaContext({ name: "bluegreen-guard-bench", timeoutSeconds: 60, now: Date.now });
}
