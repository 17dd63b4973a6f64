import type { DurableContext, RetryDecision, WaitForConditionDecision } from "@aws/durable-execution-sdk-js";
import { isRefusal } from "../clients/transient.ts";

/** What one look finds. */
export interface Look {
  done: boolean;
  /** Why it will never be done. */
  broken?: string;
  /** What a person should know of how it is done. */
  said?: string;
  /** What moves while it goes on: if this stays the same, it is stuck. */
  shows?: string;
  /** True if this has to be seen again before it counts: the next look comes within 15 s. */
  soon?: boolean;
}

/** How a wait ended. */
export interface Waited {
  /** Why it will never be done; absent if it is done. */
  broken?: string;
  /** What a person should know of how it is done. */
  said?: string;
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
  /** Value of `waited` at the first of the looks that failed in a row. */
  failingSince?: number;
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

const LONGEST_FAILING_SECONDS = 2 * 3_600;
const SOON_SECONDS = 15;

/**
 * Looks again and again until it is done or never will be. The first delay is 2 s, then delays grow; from 10 s on, each is 0.8 % of all the
 * time that the operation has waited, up to five minutes. So polling adds less than 1 % to a wait, and a week takes fewer than 2,600 looks.
 *
 * Repeats a failed look, since an error thrown in the SDK's condition ends the operation; after two hours of failures it is `broken`.
 */
export async function waitUntilDone(
  context: DurableContext,
  name: string,
  { look, pulse, waitedBefore = 0, longestSeconds = Number.POSITIVE_INFINITY, stuck }: WaitOptions,
): Promise<Waited> {
  const delayAfter = ({ waited, soon }: PollState) =>
    Math.min(longestSeconds, soon ? SOON_SECONDS : slowDelay(waitedBefore + waited), Math.max(2, Math.round(waited / 2)));
  const { broken, said, waited } = await context.waitForCondition<PollState>(
    name,
    async (state) => {
      const later = { ...state, waited: state.waited + delayAfter(state) };
      try {
        const next = await lookOnce(later, look, stuck);
        // What people see is a courtesy: the next look shows it.
        if (!next.done && next.broken === undefined) await pulse?.(next.shows).catch(() => undefined);
        return next;
      } catch (error) {
        return { ...later, done: false, ...failed(later, error) };
      }
    },
    {
      initialState: { done: false, waited: 0, movedAt: 0, reported: false },
      waitStrategy: (state): WaitForConditionDecision =>
        state.done || state.broken !== undefined
          ? { shouldContinue: false }
          : { shouldContinue: true, delay: { seconds: delayAfter(state) } },
    },
  );
  return { broken, said, waited: waitedBefore + waited };
}

async function lookOnce(state: PollState, look: WaitOptions["look"], stuck: WaitOptions["stuck"]): Promise<PollState> {
  const { done, broken, said, shows, soon } = await look();
  const moved = shows !== state.shows;
  const seen = { done, broken, said, shows, soon, failingSince: undefined };
  const next = { ...state, ...seen, movedAt: moved ? state.waited : state.movedAt };
  if (done || broken !== undefined || !stuck) return next;
  if (moved) return { ...next, reported: false };
  if (state.reported || state.waited - next.movedAt < stuck.afterSeconds) return next;
  await stuck.tell(shows);
  return { ...next, reported: true };
}

function failed({ waited, failingSince = waited }: PollState, error: unknown): Pick<PollState, "failingSince" | "broken"> {
  if (waited - failingSince < LONGEST_FAILING_SECONDS) return { failingSince };
  return { failingSince, broken: `For two hours it could not be looked at: ${error instanceof Error ? error.message : String(error)}` };
}

const slowDelay = (waited: number): number => Math.min(300, Math.max(10, Math.round(waited * 0.008)));

/** Thrown while what RDS has done, or shows, is not certain yet; trying again finds out. */
export class NotSureYetError extends Error {
  override readonly name = "NotSureYetError";
}

// Blue is in a backup; or the listing does not yet show what this operation has just created.
const MAY_HEAL = /Invalid\w*State|AlreadyExists/;
const TWO_HOURS_OF_TRIES = 125;

/** True for an error after which a change is retried: RDS is not ready for it yet, or cannot be reached. */
export function mayHeal(error: Error): boolean {
  return !["FinalError", "StoppedError"].includes(error.name) && (!isRefusal(error) || MAY_HEAL.test(error.name));
}

/** Retries a step for two hours if that may help. */
export function retryStrategy(error: Error, attempt: number): RetryDecision {
  if (!mayHeal(error) || attempt >= TWO_HOURS_OF_TRIES) return { shouldRetry: false };
  return { shouldRetry: true, delay: { seconds: Math.min(60, 2 ** Math.min(attempt, 6)) } };
}
