import type { DurableContext, RetryDecision, WaitForConditionDecision } from "@aws/durable-execution-sdk-js";

/** What is found by looking once. */
export interface Look {
  done: boolean;
  /** Why it will never be done. */
  broken?: string;
}

interface PollState extends Look {
  /** Seconds waited so far. */
  waited: number;
  /** Looks in a row that failed, and the last one's words. */
  failures: number;
  failure?: string;
}

const THREE_HOURS_SECONDS = 3 * 3_600;
const MOST_FAILURES = 100;

/**
 * Looks again and again until it is done or will never be: after 2 s, then later each time up to 20 s, and 5 minutes after three hours.
 *
 * A look that fails is repeated, since a throw within the SDK's condition ends the operation; after 100 in a row the last one is `broken`.
 */
export async function lookUntilDone(context: DurableContext, name: string, look: () => Promise<Look>): Promise<Look> {
  return context.waitForCondition<PollState>(
    name,
    async (state) => {
      const waited = state.waited + delayAfter(state.waited);
      try {
        return { ...(await look()), waited, failures: 0 };
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        const failures = state.failures + 1;
        const broken = failures >= MOST_FAILURES ? `RDS could not be asked ${failures} times in a row: ${failure}` : undefined;
        return { done: false, waited, failures, failure, broken };
      }
    },
    {
      initialState: { done: false, waited: 0, failures: 0 },
      waitStrategy: ({ done, broken, waited }): WaitForConditionDecision =>
        done || broken !== undefined ? { shouldContinue: false } : { shouldContinue: true, delay: { seconds: delayAfter(waited) } },
    },
  );
}

function delayAfter(waited: number): number {
  if (waited >= THREE_HOURS_SECONDS) return 300;
  return Math.min(20, Math.max(2, Math.round(waited / 2)));
}

// Blue in a backup; and what this operation has created a moment ago and the listing does not show yet.
const MAY_HEAL = /Invalid\w*State|AlreadyExists/;
const TWO_HOURS_OF_TRIES = 120;

/** Tries a change again for up to two hours where RDS is not ready for it yet or cannot be reached; what is final is not tried again. */
export function retryStrategy(error: Error, attempt: number): RetryDecision {
  const isFinal = ["FinalError", "StoppedError"].includes(error.name) || (isRefusal(error) && !MAY_HEAL.test(error.name));
  if (isFinal || attempt >= TWO_HOURS_OF_TRIES) return { shouldRetry: false };
  return { shouldRetry: true, delay: { seconds: Math.min(60, 2 ** Math.min(attempt, 6)) } };
}

/** True for what AWS has looked at and refused; throttling and its own failures are no such answer. */
function isRefusal(error: Error & { $metadata?: { httpStatusCode?: number } }): boolean {
  const status = error.$metadata?.httpStatusCode ?? 500;
  return status >= 400 && status < 500 && !/Throttl|TooManyRequests|RequestLimit/i.test(error.name);
}
