import { FinalError } from "./final-error.ts";
import { type OperationRequest, VALID_MS } from "./request.ts";

/**
 * Makes sure, before a change that would be the first one, that what was decided is not older than 30 minutes.
 *
 * They begin with the last confirmation, approval or resumption, for the policy when the DDL has settled. Does nothing once a change was
 * asked for, since RDS may have accepted it. `now` is in milliseconds since 1970. @throws FinalError if they are over
 */
export function requireInTime(request: OperationRequest, now: number): void {
  const { unprotectBegunAt, deletionBegunAt, attemptedAt } = request;
  if ((unprotectBegunAt ?? deletionBegunAt ?? attemptedAt) !== undefined) return;
  const since = decidedAt(request);
  if (now - Date.parse(since) < VALID_MS) return;
  throw new FinalError({ code: "decided-too-long-ago", since });
}

function decidedAt({ requestedAt, approvedBy, resumed = [], settledAt }: OperationRequest): string {
  const all = [requestedAt, approvedBy?.at, resumed.at(-1)?.at, settledAt].filter((at) => at !== undefined);
  return all.sort().at(-1) ?? requestedAt;
}
