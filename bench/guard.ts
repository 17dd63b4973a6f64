import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { type Clock, VirtualClock } from "../local/clock.ts";
import { lambdaContext } from "../local/queue/lambda-context.ts";
import type { Queue } from "../src/clients/queue.ts";
import { logOnly } from "../src/clients/telemetry.ts";
import { WATCH_TELLS_MS, withMetrics, withQueue } from "../src/handlers/connect.ts";
import { createSweepHandler } from "../src/handlers/sweep.ts";
import { createWatchHandler } from "../src/handlers/watch.ts";
import { connectedTo } from "./connected.ts";
import type { Playground } from "./playground.ts";

/** The guard's handlers over its own clients. */
export interface BenchGuard {
  clock: Clock;
  /** What it reported as gone wrong. */
  errors: string[];
  watch(event: SQSEvent): Promise<SQSBatchResponse>;
  sweep(): Promise<void>;
}

/** Settings in which a bench can differ from the guard. */
export interface BenchGuardOptions {
  /** The guard's clock; one that jumps if left out, so that Slack's pace of a message a second costs no time. */
  clock?: Clock;
  /** Called in addition when a message is to come back. */
  onRetry?: Queue["retryAfter"];
  /** Called in addition when the guard has itself woken. */
  onWake?: Queue["wake"];
}

/** Connects the guard to a playground. */
export function connectGuard(
  playground: Playground,
  { clock = new VirtualClock(playground.now), onRetry, onWake }: BenchGuardOptions,
): BenchGuard {
  const errors: string[] = [];
  const telemetry = logOnly({ info: () => {}, error: (message) => void errors.push(message) });
  const guard = withQueue(
    withMetrics(
      connectedTo(
        playground,
        () => {},
        () => ({ time: clock, telemetry }),
      ),
    ),
  );
  const { queue } = guard;
  const told = {
    ...guard,
    queue: {
      ...queue,
      async retryAfter(receiptHandle: string, seconds: number) {
        await Promise.all([queue.retryAfter(receiptHandle, seconds), onRetry?.(receiptHandle, seconds)]);
      },
      async wake(seconds: number, by: string) {
        await Promise.all([queue.wake(seconds, by), onWake?.(seconds, by)]);
      },
    },
    tellBudgetMs: WATCH_TELLS_MS,
  };
  const watch = createWatchHandler(told);
  const sweep = createSweepHandler(told);
  return { clock, errors, watch: (event) => watch(event, context()), sweep };
}

function context(): Context {
  return lambdaContext({ name: "bluegreen-guard-bench", timeoutSeconds: 60, now: Date.now });
}
