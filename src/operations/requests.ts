import type { Item, OpenItem, Records } from "../clients/records.ts";
import type { Person } from "../deployments/person.ts";
import { cardOf } from "../facts/posts.ts";
import { deploymentKey } from "../facts/record.ts";
import type { Claimed } from "../standing/claimed.ts";
import { amendOwn } from "./amend-item.ts";
import { amendRecord } from "./amend-record.ts";
import { endedAs } from "./ended-as.ts";
import type { OperationName } from "./index.ts";
import { isHalfDone, isUndecided, type OperationRequest, QUIET_MS, requestIdOf, requestKey, validFrom } from "./request.ts";

type Kept = Pick<Records, "read" | "write">;

// Sorts after everything that is to be told.
const OPERATION_RANK = "operation";

/** A request's place in the index of open items: until it has ended, and after that while it is half done, unclear, not told or not shown. */
function openOf(request: OperationRequest): Omit<OpenItem, "key"> | undefined {
  const { outcome, endUntold, owed } = request;
  const isOpen = outcome === undefined || endUntold === true || isHalfDone(request) || isUndecided(request) || owed !== undefined;
  return isOpen ? { rank: OPERATION_RANK } : undefined;
}

const KEPT_SECONDS = 30 * 24 * 3_600;

/** When DynamoDB deletes what is kept for 30 days from `at` on (milliseconds since 1970), in seconds since 1970. */
export const keptFrom = (at: number): number => Math.floor(at / 1_000) + KEPT_SECONDS;

/**
 * The request with the time at which DynamoDB deletes it: 30 days after the last thing that happened to it.
 *
 * Never while an execution uses it or a person has to decide: its claim can be ended only by whoever finds the request.
 */
function expiring(request: OperationRequest): OperationRequest {
  const { usedBy, outcome, decided, requestedAt, resumed = [] } = request;
  if (usedBy !== undefined && (outcome === undefined || isUndecided(request))) return { ...request, expiresAt: undefined };
  const all = [requestedAt, resumed.at(-1)?.at, outcome?.at, decided?.at].filter((at) => at !== undefined);
  return { ...request, expiresAt: keptFrom(Math.max(...all.map(Date.parse))) };
}

/** Writes a new request; false if its id exists already. */
export function writeRequest(records: Kept, request: OperationRequest): Promise<boolean> {
  return records.write(expiring(request), openOf(request));
}

/** Thrown if a request is not kept, or not any more. */
export class NoRequestError extends Error {
  override readonly name = "NoRequestError";
}

/** Undefined for a request that is not kept. @throws any other error */
export function undefinedIfMissing(error: unknown): undefined {
  if (!(error instanceof NoRequestError)) throw error;
}

/** Changes a request, starting over if somebody else has written in between. @throws NoRequestError if there is no such request. */
export function amendRequest(
  records: Kept,
  id: string,
  change: (request: OperationRequest) => OperationRequest,
): Promise<OperationRequest> {
  const nothing = { key: requestKey(id), version: 0 } as OperationRequest;
  const amend = (request: OperationRequest) => {
    if (request === nothing) throw new NoRequestError(`The request ${id} is not there (any more).`);
    const changed = change(request);
    return changed === request ? request : expiring(changed);
  };
  return amendOwn(records, nothing, amend, openOf);
}

/** The requests that wait, are under way, half done or unclear; the index may lag slightly behind them. */
export async function openRequests(records: Pick<Records, "read" | "open">): Promise<OperationRequest[]> {
  const keys = (await records.open()).map(({ key }) => key).filter((key) => requestIdOf(key) !== undefined);
  const found = await Promise.all(keys.map((key) => records.read<OperationRequest & Item>(key)));
  return found.filter((request) => request !== undefined);
}

/** Stops an operation before its next change, or before it starts; returns the updated request, and has the card say so. */
export async function cancelRequest(records: Kept, id: string, by: Person, now: number): Promise<OperationRequest> {
  const at = new Date(now).toISOString();
  const request = await amendRequest(records, id, (it) => {
    if (it.outcome || it.cancelled) return it;
    const cancelled = { by, at };
    if (it.usedBy !== undefined) return { ...it, cancelled };
    const said = endedAs(it, "cancelled", { code: "cancelled-before-its-beginning", by });
    return { ...it, cancelled, outcome: { result: "cancelled", said, at } };
  });
  // Nobody is to hear that it may not be stopped because its card could not be marked: it shows that with what comes next.
  await amendRecord(records, deploymentKey(request.created ?? request.deploymentId), (record) =>
    cardOf(record) && !record.refresh ? { ...record, refresh: true } : record,
  ).catch(() => undefined);
  return request;
}

/** Approves a request once; one that has ended, expired, or was cancelled or approved stays as it is. Returns the request. */
export function approveRequest(records: Kept, id: string, by: Person, now: number): Promise<OperationRequest> {
  return amendRequest(records, id, (it) => {
    if (it.approved || it.outcome || it.cancelled || now >= Date.parse(it.validUntil)) return it;
    return { ...it, approved: true, approvedBy: { by, at: new Date(now).toISOString() } };
  });
}

/**
 * Lets a half-done request start once more, under its own id and hence with the same name for the new deployment; if somebody has to
 * approve that first, `askerId` is who cannot.
 */
export function resumeRequest(records: Kept, id: string, by: Person, now: number, askerId?: string): Promise<OperationRequest> {
  return amendRequest(records, id, (it) => {
    if (!isHalfDone(it, now)) return it;
    // What was missing at the end of the last try is looked at anew.
    const {
      usedBy: _,
      outcome: __,
      cancelled: ___,
      forced: ____,
      endUntold: _____,
      missing: ______,
      ending: _______,
      callback: ________,
      ...rest
    } = it;
    const resumed = [...(it.resumed ?? []), { by, at: new Date(now).toISOString() }];
    const approved =
      askerId === undefined
        ? { approved: true }
        : { approved: false, askerId, approvedBy: undefined, approval: undefined, approvalCopy: undefined };
    return { ...rest, ...approved, resumed, validUntil: validFrom(now) };
  });
}

/**
 * Why a claim stays at `now` (milliseconds since 1970) though its execution has ended: a person has ended it by force, or RDS
 * may have been asked to switch over, and nobody has said yet how that ended. Undefined if others may begin on the database.
 */
export async function leftOpen(
  { requestId, owner, operation, since }: { requestId: string; owner: string; operation: OperationName; since: string },
  records: Pick<Records, "read">,
  now: number,
): Promise<Claimed | undefined> {
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request || request.usedBy !== owner) return undefined;
  const { forced, outcome } = request;
  // The run that ends it may have died before the database itself says so.
  if (forced && (outcome === undefined || now < Date.parse(outcome.at) + QUIET_MS)) return { code: "quiet-until-its-end", by: forced.by };
  const isOpen = outcome === undefined ? request.attemptedAt !== undefined : isUndecided(request);
  return isOpen ? { code: "left-open", operation, since } : undefined;
}
