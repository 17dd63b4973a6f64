import type { CallFailures } from "../../../deployments/call-failures.ts";
import type { Coded } from "../../../deployments/coded.ts";

/** What an operation answers, or why not. */
type Answered<T> = { known: true; value: T } | { known: false; why: Coded<CallFailures> };

/**
 * What an AWS operation answers; not known if it is refused, cannot be read, or takes longer than `timeoutMs` including retries.
 */
export async function answered<T>(operation: string, timeoutMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<Answered<T>> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return { known: true, value: await call(signal) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (signal.aborted || error.name === "TimeoutError") {
      return { known: false, why: { code: "timed-out", call: operation, seconds: timeoutMs / 1_000 } };
    }
    return { known: false, why: { code: "refused", call: operation, error: error.name, text: error.message } };
  }
}
