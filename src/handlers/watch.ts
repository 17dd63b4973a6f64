import { randomUUID } from "node:crypto";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Deliveries } from "../clients/deliveries.ts";
import type { Queue } from "../clients/queue.ts";
import type { OpenItem } from "../clients/records.ts";
import type { SlackError } from "../clients/slack-error.ts";
import { type DeploymentRecord, hasUntold, NOTHING_TO_TELL } from "../deployments/record.ts";
import { fromEventBridge } from "../events/eventbridge.ts";
import { deliveryKey } from "../events/rds-event.ts";
import { UnreadableEventError } from "../events/unreadable-event-error.ts";
import { backoffSeconds } from "./backoff.ts";
import { listedOnce } from "./listed-once.ts";
import { type TakeDependencies, type Taken, take } from "./take.ts";
import { type TellDependencies, tellWaiting } from "./tell.ts";

/** Where the handlers say what went wrong and what became of events. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

/** What the watch handler needs of the outside. */
export interface WatchDependencies extends TakeDependencies, TellDependencies {
  rds: TakeDependencies["rds"] & TellDependencies["rds"];
  deliveries: Deliveries;
  queue: Queue;
  log: Log;
  /** How long one invocation goes on telling; the function's timeout has to leave room for the last calls after it. */
  tellBudgetMs: number;
}

// A deployment's turn is a card and an entry, at a message a second.
const TURN_SECONDS = 2;
const SHORTEST_SECONDS = 5;

/**
 * Makes the handler that turns RDS events, as the queue holds them, into Slack messages.
 *
 * It writes down first what all events of the batch mean and tells then, most urgent first. A message leaves the queue once its fact is
 * told; until then it comes back, later each time. One that cannot be read goes to the dead letters at once.
 */
export function createWatchHandler(dependencies: WatchDependencies): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return async ({ Records }, context) => {
    const invocation = { ...dependencies, rds: { ...dependencies.rds, ...listedOnce(dependencies.rds) } };
    const received = await Promise.all(Records.map((record) => receive(record, context, invocation)));
    const keys = [...new Set(received.map(({ key }) => key).filter((key) => key !== undefined))];
    const failure = keys.length === 0 ? undefined : await tellAll(keys, dependencies);
    const untold = await Promise.all(received.map(async (it) => ((await isDone(it, dependencies)) ? undefined : it)));
    const waiting = untold.filter((it) => it !== undefined);
    const turns = waiting.length === 0 ? [] : await dependencies.records.open({ belowRank: NOTHING_TO_TELL });
    const returned = await Promise.all(waiting.map((it) => giveBack(it, failure, turns, dependencies)));
    return { batchItemFailures: returned.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** One message of the batch: under which record it was written down, or why it could not be. */
interface Received {
  record: SQSRecord;
  key?: string;
  error?: unknown;
  /** Another run is taking the same delivery just now. */
  busy?: boolean;
}

async function receive(record: SQSRecord, context: Context, dependencies: WatchDependencies): Promise<Received> {
  const { deliveries, queue, log } = dependencies;
  try {
    const event = fromEventBridge(parsed(record.body));
    const taken = await deliveries.once<Taken>(deliveryKey(event), context, () => take(event, dependencies));
    log.info("RDS event", { event, taken });
    return { record, key: "key" in taken ? taken.key : undefined };
  } catch (error) {
    if (error instanceof Error && error.name === "IdempotencyAlreadyInProgressError") return { record, busy: true };
    if (!(error instanceof UnreadableEventError)) return { record, error };
    log.error(error.message, { body: record.body });
    await queue.deadLetter(record.body, error.message);
    return { record };
  }
}

/** What is not JSON is read as the text that it is, and refused for that. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function tellAll(keys: string[], dependencies: WatchDependencies): Promise<unknown> {
  try {
    await tellWaiting(keys, randomUUID(), dependencies.time.now() + dependencies.tellBudgetMs, dependencies);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function isDone({ key, error, busy }: Received, { records }: WatchDependencies): Promise<boolean> {
  if (error !== undefined || busy) return false;
  const stored = key === undefined ? undefined : await records.read<DeploymentRecord>(key);
  return !stored || !hasUntold(stored);
}

/** Gives a message back: later and later where something failed, else for when its turn should have come. */
async function giveBack(
  { record, key, error }: Received,
  failure: unknown,
  turns: OpenItem[],
  dependencies: WatchDependencies,
): Promise<string> {
  const { queue, log } = dependencies;
  const cause = error ?? failure;
  const retryAfter = (cause as Partial<SlackError> | undefined)?.retryAfterSeconds ?? 0;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const turn = turns.findIndex((item) => item.key === key);
  const seconds =
    cause === undefined
      ? Math.max(turn * TURN_SECONDS, backoffSeconds(receives, SHORTEST_SECONDS))
      : Math.max(retryAfter, backoffSeconds(receives));
  if (cause !== undefined) log.error(cause instanceof Error ? cause.message : String(cause), { key, messageId: record.messageId, seconds });
  await queue.retryAfter(record.receiptHandle, seconds);
  return record.messageId;
}
