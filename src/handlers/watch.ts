import { randomUUID } from "node:crypto";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Metrics } from "../clients/metrics.ts";
import type { Queue } from "../clients/queue.ts";
import type { OpenItem } from "../clients/records.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import type { Span } from "../clients/tracing.ts";
import { type DeploymentRecord, deploymentIdOf, hasUntold, NOTHING_TO_TELL, toPublish } from "../facts/record.ts";
import { applyPolicy, type PolicyDependencies } from "../operations/apply-policy.ts";
import { remembering } from "../operations/read/remembering.ts";
import { compareNow } from "../telling/compare.ts";
import { type PublishDependencies, publish } from "../telling/publish.ts";
import { type TellDependencies, tellWaiting } from "../telling/tell.ts";
import { backoffSeconds } from "./backoff.ts";
import { isInAnotherRun } from "./in-another-run.ts";
import { listedOnce } from "./listed-once.ts";
import { type ReceiveDependencies, type Received, receive } from "./receive.ts";

// A deployment's turn is a card and an entry, at one message per second.
const TURN_SECONDS = 2;
const SHORTEST_SECONDS = 5;

/**
 * Creates the handler that turns RDS events from the queue into Slack messages and facts on the event bus.
 *
 * It first records what all events of the batch mean, then publishes, then tells, most urgent first. A message leaves the queue once its
 * fact is published and told; until then it comes back with growing delays. One that cannot be read goes to the dead-letter queue at once.
 */
export function createWatchHandler(given: WatchDependencies): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const dependencies = { ...given, rds: remembering(given.rds, given.records) };
  return async ({ Records }, context) => {
    const invocation = { ...dependencies, rds: { ...dependencies.rds, ...listedOnce(dependencies.rds) } };
    const received = await Promise.all(Records.map((record) => receive(record, context, invocation)));
    try {
      const publishOnce = onceEach((key) => lookAndPublish(key, context, dependencies));
      const published = await Promise.all(received.map((it) => withPublished(it, publishOnce)));
      const failure = await tellAll(published, dependencies);
      const untold = await Promise.all(published.map(async (it) => ((await isDone(it, dependencies)) ? undefined : it)));
      const waiting = untold.filter((it) => it !== undefined);
      const turns = waiting.length === 0 ? [] : await dependencies.records.open({ belowRank: NOTHING_TO_TELL });
      const returned = await Promise.all(waiting.map((it) => giveBack(it, failure, turns, dependencies)));
      return { batchItemFailures: returned.map((itemIdentifier) => ({ itemIdentifier })) };
    } finally {
      for (const { span } of received) span.end();
    }
  };
}

/** What the watch handler needs from the outside. */
export interface WatchDependencies extends ReceiveDependencies, PublishDependencies, TellDependencies, PolicyDependencies {
  rds: ReceiveDependencies["rds"] & TellDependencies["rds"];
  bus: PublishDependencies["bus"] & PolicyDependencies["bus"];
  queue: Queue;
  /** Says how far green lags behind blue; nothing waits for it. */
  metrics: Pick<Metrics, "lag">;
  /** Milliseconds that one invocation may spend telling; the function's timeout has to leave room for the last calls after it. */
  tellBudgetMs: number;
}

/** The same message after the guard looked at its deployment, applied the policy to its record and published it, with what went wrong. */
async function withPublished(received: Received, publishOnce: (key: string) => Promise<void>): Promise<Received> {
  const { key, span } = received;
  if (key === undefined) return received;
  try {
    await span.run(() => publishOnce(key));
    return received;
  } catch (error) {
    return isInAnotherRun(error) ? { ...received, busy: true } : { ...received, error };
  }
}

async function lookAndPublish(key: string, context: Context, dependencies: WatchDependencies): Promise<void> {
  await compareNow(key, new Date(dependencies.time.now()).toISOString(), dependencies);
  await applyPolicy(key, dependencies);
  await publish(key, context, dependencies);
}

/** Does the same for each key once, however many events of a batch are about it. */
function onceEach(act: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const begun = new Map<string, Promise<void>>();
  return (key) => {
    const done = begun.get(key) ?? act(key);
    begun.set(key, done);
    return done;
  };
}

async function tellAll(received: readonly Received[], dependencies: WatchDependencies): Promise<unknown> {
  const spans = new Map<string, Span>();
  for (const { key, span } of received) if (key !== undefined) spans.set(key, spans.get(key) ?? span);
  if (spans.size === 0) return undefined;
  try {
    await tellWaiting(spans, randomUUID(), dependencies.time.now() + dependencies.tellBudgetMs, dependencies);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function isDone({ key, error, busy }: Received, { records }: WatchDependencies): Promise<boolean> {
  if (error !== undefined || busy) return false;
  const stored = key === undefined ? undefined : await records.read<DeploymentRecord>(key);
  return !stored || (!hasUntold(stored) && toPublish(stored).length === 0);
}

/** Returns a message to the queue: with growing delays after a failure, otherwise for when its turn should have come. */
async function giveBack(
  { record, key, signal, span, error }: Received,
  failure: unknown,
  turns: OpenItem[],
  dependencies: WatchDependencies,
): Promise<string> {
  const { queue, telemetry } = dependencies;
  const cause = error ?? failure;
  if (cause !== undefined) span.note({ failure: cause instanceof Error ? cause.message : String(cause) });
  const retryAfter = (cause as Partial<SlackError> | undefined)?.retryAfterSeconds ?? 0;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const turn = turns.findIndex((item) => item.key === key);
  const seconds =
    cause === undefined
      ? Math.max(turn * TURN_SECONDS, backoffSeconds(receives, SHORTEST_SECONDS))
      : Math.max(retryAfter, backoffSeconds(receives));
  if (cause !== undefined) {
    const deployment = key === undefined ? undefined : deploymentIdOf(key);
    telemetry.count("EventsFailed");
    telemetry.log.error(cause instanceof Error ? cause.message : String(cause), {
      deployment,
      signal,
      key,
      messageId: record.messageId,
      receives,
      seconds,
    });
  }
  await queue.retryAfter(record.receiptHandle, seconds);
  return record.messageId;
}
