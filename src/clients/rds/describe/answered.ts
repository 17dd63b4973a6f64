import type { Answer } from "../../../plans/checks.ts";

/**
 * What an AWS operation answers; not known if it is refused, cannot be read, or takes longer than `timeoutMs` including retries.
 *
 * The reason is a sentence with AWS's own words in it.
 */
export async function answered<T>(operation: string, timeoutMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return { known: true, value: await call(signal) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (signal.aborted || error.name === "TimeoutError") {
      return { known: false, reason: `${operation} was not answered within ${timeoutMs / 1000} s.` };
    }
    return { known: false, reason: `${operation} was refused: ${error.name}: ${error.message}` };
  }
}
