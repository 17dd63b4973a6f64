import type { DurableContext, RetryDecision, WaitForConditionDecision } from "@aws/durable-execution-sdk-js";

/** What one look finds. */
export interface Look {
  done: boolean;
  /** Why it will never be done. */
  broken?: string;
  /** What moves while it goes on: if this stays the same, it is stuck. */
  shows?: string;
}

/** How a wait ended. */
export interface Waited {
  /** Why it will never be done; absent if it is done. */
  broken?: string;
  /** Seconds waited, in this wait and those before it. */
  waited: number;
}

interface PollState extends Look {
  /** Seconds waited so far in this wait. */
  waited: number;
  /** Value of `waited` when something last moved. */
  movedAt: number;
  /** True once somebody was told that nothing moves. */
  reported: boolean;
  /** Looks that failed in a row. */
  failures: number;
}

/** The options of a wait. */
export interface WaitOptions {
  look(): Promise<Look>;
  /** Seconds that the operation has waited before: the longer it has waited in all, the rarer its looks. */
  waitedBefore?: number;
  /** Caps the seconds between two looks. */
  longestSeconds?: number;
  /** Called after each look that does not end the wait, with what moves. */
  pulse?(shows: string | undefined): Promise<void>;
  /** Says that it is stuck, once nothing has moved for `afterSeconds`; again only after something moved. */
  stuck?: { afterSeconds: number; tell(shows: string | undefined): Promise<void> };
}

const MOST_FAILURES = 100;

/**
 * Looks again and again until it is done or never will be. The first delay is 2 s, then delays grow; from 10 s on, each is 0.5 % of all the
 * time that the operation has waited, up to half an hour. So polling adds less than 1 % to a wait, and a week takes fewer than 1,500 looks.
 *
 * Repeats a failed look, since an error thrown in the SDK's condition ends the operation; after 100 failures in a row it is `broken`.
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

// Blue is in a backup; or the listing does not yet show what this operation has just created.
const MAY_HEAL = /Invalid\w*State|AlreadyExists/;
const TWO_HOURS_OF_TRIES = 120;

/** True for an error after which a change is retried: RDS is not ready for it yet, or cannot be reached. */
export function mayHeal(error: Error): boolean {
  return !["FinalError", "StoppedError"].includes(error.name) && (!isRefusal(error) || MAY_HEAL.test(error.name));
}

/** Retries a change for up to two hours if that may help. */
export function retryStrategy(error: Error, attempt: number): RetryDecision {
  if (!mayHeal(error) || attempt >= TWO_HOURS_OF_TRIES) return { shouldRetry: false };
  return { shouldRetry: true, delay: { seconds: Math.min(60, 2 ** Math.min(attempt, 6)) } };
}

/** True if AWS has looked at the call and refused it; throttling and AWS's own failures do not count. */
function isRefusal(error: Error & { $metadata?: { httpStatusCode?: number } }): boolean {
  const status = error.$metadata?.httpStatusCode ?? 500;
  return status >= 400 && status < 500 && !/Throttl|TooManyRequests|RequestLimit/i.test(error.name);
}
