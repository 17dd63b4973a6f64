import type { RetryDecision } from "@aws/durable-execution-sdk-js";
import { isRefusal } from "../clients/transient.ts";
import { ReasonedError } from "./says/reasoned-error.ts";

/** Thrown while what RDS has done, or shows, is not certain yet; trying again finds out. */
export class NotSureYetError extends ReasonedError {
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
