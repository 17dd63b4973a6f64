import type { DurableContext, RetryDecision, WaitForConditionDecision } from "@aws/durable-execution-sdk-js";

/** What is found by looking once. */
export interface Look {
  done: boolean;
  /** Why it will never be done. */
  broken?: string;
  /** What moves while it goes on: where that stays the same, it is stuck. */
  shows?: string;
}

/** How a wait ended. */
export interface Waited {
  /** Absent where it is done. */
  broken?: string;
  /** Seconds that were waited, in this wait and those before it. */
  waited: number;
}

interface PollState extends Look {
  /** Seconds waited so far in this wait. */
  waited: number;
  /** At how many of them something moved last. */
  movedAt: number;
  /** True once somebody was told that nothing moves. */
  reported: boolean;
  /** Looks in a row that failed. */
  failures: number;
}

/** What a wait takes beside its name. */
export interface WaitOptions {
  look(): Promise<Look>;
  /** Seconds that the operation has waited before: its looks become rarer with all that it waits. */
  waitedBefore?: number;
  /** Seconds between two looks at most, where that is to be less. */
  longestSeconds?: number;
  /** Is told of each look after which it goes on, with what moves. */
  pulse?(shows: string | undefined): Promise<void>;
  /** Says, once and after `stuckAfterSeconds` in which nothing moved, that it is stuck. */
  stuck?: { afterSeconds: number; tell(shows: string | undefined): Promise<void> };
}

const MOST_FAILURES = 100;

/**
 * Looks again and again until it is done or will never be: after 2 s, then later each time; from 10 s on each time after 0.5 % of all that the
 * operation has waited, up to half an hour. So what a wait adds stays below 1 % of it, and a week takes fewer than 1,500 looks.
 *
 * A look that fails is repeated, since a throw within the SDK's condition ends the operation; after 100 in a row the last one is `broken`.
 */
export async function waitUntilDone(
  context: DurableContext,
  name: string,
  { look, pulse, waitedBefore = 0, longestSeconds = Number.POSITIVE_INFINITY, stuck }: WaitOptions,
): Promise<Waited> {
  const delayAfter = (waited: number) => Math.min(longestSeconds, slowDelay(waitedBefore + waited), Math.max(2, Math.round(waited / 2)));
  const { broken, waited } = await context.waitForCondition<PollState>(
    name,
    async (state) => {
      const later = { ...state, waited: state.waited + delayAfter(state.waited) };
      try {
        const next = await lookOnce(later, look, stuck);
        if (!next.done && next.broken === undefined) await pulse?.(next.shows);
        return next;
      } catch (error) {
        const failures = state.failures + 1;
        const failure = error instanceof Error ? error.message : String(error);
        const over = failures >= MOST_FAILURES ? `RDS could not be asked ${failures} times in a row: ${failure}` : undefined;
        return { ...later, done: false, failures, broken: over };
      }
    },
    {
      initialState: { done: false, waited: 0, movedAt: 0, reported: false, failures: 0 },
      waitStrategy: (state): WaitForConditionDecision =>
        state.done || state.broken !== undefined
          ? { shouldContinue: false }
          : { shouldContinue: true, delay: { seconds: delayAfter(state.waited) } },
    },
  );
  return { broken, waited: waitedBefore + waited };
}

async function lookOnce(state: PollState, look: WaitOptions["look"], stuck: WaitOptions["stuck"]): Promise<PollState> {
  const { done, broken, shows } = await look();
  const moved = shows !== state.shows;
  const next = { ...state, done, broken, shows, failures: 0, movedAt: moved ? state.waited : state.movedAt };
  if (done || broken !== undefined || !stuck) return next;
  if (moved) return { ...next, reported: false };
  if (state.reported || state.waited - next.movedAt < stuck.afterSeconds) return next;
  await stuck.tell(shows);
  return { ...next, reported: true };
}

const slowDelay = (waited: number): number => Math.min(1_800, Math.max(10, Math.round(waited * 0.005)));

// Blue in a backup; and what this operation has created a moment ago and the listing does not show yet.
const MAY_HEAL = /Invalid\w*State|AlreadyExists/;
const TWO_HOURS_OF_TRIES = 120;

/** True for an error of a change that is tried again: RDS is not ready for it yet, or cannot be reached. */
export function mayHeal(error: Error): boolean {
  return !["FinalError", "StoppedError"].includes(error.name) && (!isRefusal(error) || MAY_HEAL.test(error.name));
}

/** Tries a change again for up to two hours where that may help. */
export function retryStrategy(error: Error, attempt: number): RetryDecision {
  if (!mayHeal(error) || attempt >= TWO_HOURS_OF_TRIES) return { shouldRetry: false };
  return { shouldRetry: true, delay: { seconds: Math.min(60, 2 ** Math.min(attempt, 6)) } };
}

/** True for what AWS has looked at and refused; throttling and its own failures are no such answer. */
function isRefusal(error: Error & { $metadata?: { httpStatusCode?: number } }): boolean {
  const status = error.$metadata?.httpStatusCode ?? 500;
  return status >= 400 && status < 500 && !/Throttl|TooManyRequests|RequestLimit/i.test(error.name);
}
