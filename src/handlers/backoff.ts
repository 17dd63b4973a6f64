const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 3_600;

/** Seconds until a message that was received `receiveCount` times comes again: `first` (30 where left out), doubling up to an hour. */
export function backoffSeconds(receiveCount: number, first: number = FIRST_SECONDS): number {
  return Math.min(first * 2 ** Math.max(0, Math.min(receiveCount, 20) - 1), LONGEST_SECONDS);
}

/** How often a message is received before it becomes a dead letter: with the backoff about two days, so an outage of 12 hours is outlasted. */
export const MAX_RECEIVE_COUNT = 50;
