const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 3_600;

/** Seconds until a message that was received `receiveCount` times comes back: `first` (30 if omitted), doubling up to an hour. */
export function backoffSeconds(receiveCount: number, first: number = FIRST_SECONDS): number {
  return Math.min(first * 2 ** Math.max(0, Math.min(receiveCount, 20) - 1), LONGEST_SECONDS);
}

/** How often a message is received before it becomes a dead letter: over about two days, which outlasts an outage of 12 hours. */
export const MAX_RECEIVE_COUNT = 50;

/**
 * How the queue feeds the watch function: the most events of one batch, the seconds that Lambda may wait for a batch to fill, and the most
 * functions at once. More than ten events need a second at least. Source: Lambda API, CreateEventSourceMapping.
 */
export const BATCHES = { batchSize: 100, windowSeconds: 1, maxConcurrency: 3 };

/** How the webhook's queue feeds its function: a receiver gets at most 20 facts at once. */
export const WEBHOOK_BATCHES = { batchSize: 10, maxConcurrency: 2 };
/** How many seconds the webhook function may run. */
export const WEBHOOK_TIMEOUT_SECONDS = 30;
