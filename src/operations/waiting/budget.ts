/** How far apart the looks of a wait may be, and how long the operation's waits may take in all. */
export interface WaitBudget {
  /** Seconds after which it looks if nobody wakes it. */
  netSeconds: number;
  /** Seconds that the waits of the operation may take in all. */
  longestSeconds: number;
}

/** What the waits of one execution have used so far; each invocation counts it again from what it replays. */
export interface Used {
  /** Durable operations. */
  operations: number;
  /** Seconds. */
  seconds: number;
}

/** A look at least every five minutes, for the week that an execution may take. */
export const WEEK: WaitBudget = { netSeconds: 300, longestSeconds: 7 * 24 * 3_600 };

/**
 * Seconds between two looks where no event wakes a wait: 2 at first, since some waits are over at once, 10 from the first minute on, then
 * 0.8 % of all the time that the operation has waited, up to five minutes.
 */
export function pollSeconds(waitedHere: number, waitedInAll: number): number {
  return Math.min(Math.max(2, Math.round(waitedHere / 2)), Math.max(10, Math.round(waitedInAll * 0.008)), WEEK.netSeconds);
}

/** Durable operations of a look that can be woken: its callback and its step; of a pause beside them; and of a look that cannot. */
export const OPERATIONS = { aLook: 2, aPause: 1, aPoll: 1 };

// AWS allows an execution 3,000. Source: Lambda developer guide, "Durable functions", quotas. The rest is for steps and their retries.
const MOST_OPERATIONS = 2_600;

/** What an operation's waits have used before the first of them. */
export const unused = (): Used => ({ operations: 0, seconds: 0 });

/** True if one more look that can be woken leaves enough operations for looks that cannot, until the longest time is over. */
export function hasRoom({ operations, seconds }: Used, { netSeconds, longestSeconds }: WaitBudget): boolean {
  const polls = Math.ceil(Math.max(0, longestSeconds - seconds) / netSeconds) * OPERATIONS.aPoll;
  return operations + OPERATIONS.aLook + 2 * OPERATIONS.aPause + polls <= MOST_OPERATIONS;
}
