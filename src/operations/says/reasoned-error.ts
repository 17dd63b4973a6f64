import type { Reason } from "./reasons.ts";

/**
 * Thrown with its reason as a code and data.
 *
 * Its message is that as JSON: of what a step throws, the durable engine keeps no more than name and message.
 */
export class ReasonedError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(JSON.stringify(reason));
    this.reason = reason;
  }
}

/** The names of such errors. */
const REASONED = ["FinalError", "NotSureYetError", "StoppedError"];

/** Why something could not go on: what was thrown with a reason, by a durable step too, or an error's own words. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof ReasonedError) return error.reason;
  // The SDK passes on what a step threw as the cause.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return { code: "aws-said", text: String(cause) };
  return REASONED.includes(cause.name) ? (JSON.parse(cause.message) as Reason) : { code: "aws-said", text: cause.message };
}
