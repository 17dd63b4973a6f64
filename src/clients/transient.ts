import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";

// The SDK leaves these to whoever gives it credentials: they end when the credentials are renewed. Source: "Common errors" of each API.
const EXPIRED = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
const UNSENT = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"];
const UNREAD = ["TimeoutError", "RequestTimeout", "RequestTimeoutException"];

/** What the SDK adds to an error of a call. */
type CallError = Error & { cause?: Error; code?: string; $metadata?: { httpStatusCode?: number } };

/**
 * True for what passes by itself, whichever service says it: throttling, a time-out, a lost connection, a name that is not resolved, expired
 * credentials, a failure of AWS's own. The one list of it: the SDK's own classification, and expired credentials.
 */
export function isTransient(error: Error): boolean {
  const call = error as CallError;
  return isThrottlingError(call) || isTransientError(call) || isServerError(call) || EXPIRED.includes(error.name);
}

/** True for throttling, as the SDK classifies it: a call is repeated after a longer while. */
export const isThrottled = (error: Error): boolean => isThrottlingError(error as CallError);

/** True if AWS has looked at the call and refused it: waiting does not change that. An error without an HTTP status is no answer of AWS. */
export function isRefusal(error: Error): boolean {
  return isAnswered4xx(error) && !isTransient(error);
}

/**
 * True if what the call asked for was certainly not begun: AWS answered that it does not take it, or the call never left this machine.
 *
 * Of a lost answer, a time-out or a failure of AWS's own it cannot be told.
 */
export function wasNotTaken(error: Error): boolean {
  return UNSENT.includes((error as CallError).code ?? "") || (isAnswered4xx(error) && !UNREAD.includes(error.name));
}

function isAnswered4xx(error: Error): boolean {
  const status = (error as CallError).$metadata?.httpStatusCode ?? 0;
  // 408 says that somebody on the way stopped waiting, and not what became of the call.
  return status >= 400 && status < 500 && status !== 408;
}
