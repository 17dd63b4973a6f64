import { InputError } from "./input.ts";

/** The response to a failed action: 400 with what was wrong or what AWS said, 500 for the lab's own fault. */
export function failureAnswer(error: unknown): { status: 400 | 500; text: string } {
  if (!(error instanceof Error)) return { status: 500, text: `The lab failed: ${String(error)}` };
  if (error instanceof InputError) return { status: 400, text: error.message };
  if (error.name === "TimeoutError" || error.name === "AbortError") return { status: 400, text: "AWS did not answer in time." };
  // The SDK puts $metadata on every error of a call, even for a response that it could not read.
  if ("$metadata" in error) return { status: 400, text: `AWS answered ${error.name}: ${error.message}` };
  return { status: 500, text: `The lab failed: ${error.message}` };
}
