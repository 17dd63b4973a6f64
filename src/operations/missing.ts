import type { ClaimPorts } from "./claim.ts";
import { FinalError } from "./final-error.ts";
import type { OperationRequest } from "./request.ts";
import { amendRequest } from "./requests.ts";
import { NotSureYetError } from "./retry.ts";

type Ports = Pick<ClaimPorts, "records" | "now">;

/** How long every look must miss what RDS does not list before that counts: one answer may be an old one. */
const COUNTS_AFTER_MS = 60_000;
/** How long after the last look the next one still counts with it: longer than a step waits before it is tried again. */
const NEXT_LOOK_WITHIN_MS = 90_000;

/** Thrown if RDS does not list the deployment that is worked on; it may be one old answer. */
export class NotListedError extends FinalError {}

/**
 * Whether `what` has been missing in every look for a minute, or `afterMs`; call it with every look, also with those that find it. With the
 * request as this execution has just read it, a look that finds what was not missed before needs no call.
 *
 * The minute begins again after a time without looks: two old answers, one before an outage and one after it, are no minute.
 */
export async function isMissing(
  requestId: string,
  what: string,
  isSo: boolean,
  { records, now }: Ports,
  { afterMs = COUNTS_AFTER_MS, request }: { afterMs?: number; request?: OperationRequest } = {},
): Promise<boolean> {
  if (!isSo && request && request.missing?.what !== what) return false;
  const at = new Date(now()).toISOString();
  const { missing } = await amendRequest(records, requestId, (it) => {
    const before = it.missing?.what === what ? it.missing : undefined;
    if (!isSo) return before ? { ...it, missing: undefined } : it;
    const goesOn = before && Date.parse(at) - Date.parse(before.last ?? before.since) <= NEXT_LOOK_WITHIN_MS;
    return { ...it, missing: { what, since: goesOn ? before.since : at, last: at } };
  });
  return isSo && now() - Date.parse(missing?.since ?? at) >= afterMs;
}

/**
 * Does what needs the deployment in RDS's answer; `request` spares a call, as it does for `isMissing`.
 *
 * @throws NotSureYetError while RDS has not listed it for less than a minute
 */
export async function onceListed<T>(
  requestId: string,
  id: string,
  run: () => Promise<T>,
  ports: Ports,
  request?: OperationRequest,
): Promise<T> {
  try {
    const result = await run();
    await isMissing(requestId, id, false, ports, { request });
    return result;
  } catch (error) {
    if (!(error instanceof NotListedError) || (await isMissing(requestId, id, true, ports))) throw error;
    throw new NotSureYetError({ code: "not-listed-once", id });
  }
}
