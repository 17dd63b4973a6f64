import type { Item, OpenItem, Records } from "../clients/records.ts";
import { amendItem } from "./amend-item.ts";
import { isHalfDone, isUndecided, type OperationRequest, requestIdOf, requestKey, VALID_MS } from "./request.ts";

type Kept = Pick<Records, "read" | "write">;

// Sorts behind all that is to be told.
const OPERATION_RANK = "operation";

/** Where a request stands in the index of open items: until it has ended, and after that while it is half done or unclear. */
function openOf(request: OperationRequest): Omit<OpenItem, "key"> | undefined {
  return request.outcome === undefined || isHalfDone(request) || isUndecided(request) ? { rank: OPERATION_RANK } : undefined;
}

/** Writes a new request; false where there is one with its id already. */
export function writeRequest(records: Kept, request: OperationRequest): Promise<boolean> {
  return records.write(request, openOf(request));
}

/** Changes a request, starting over where somebody else wrote in between. @throws Error where there is no such request. */
export async function amendRequest(
  records: Kept,
  id: string,
  change: (request: OperationRequest) => OperationRequest,
): Promise<OperationRequest> {
  const stored = await records.read<OperationRequest>(requestKey(id));
  if (!stored) throw new Error(`The request ${id} is not there (any more).`);
  return amendItem(records, stored, change, openOf);
}

/** The requests that wait, are under way, half done or unclear; the index may lag behind them by a moment. */
export async function openRequests(records: Pick<Records, "read" | "open">): Promise<OperationRequest[]> {
  const keys = (await records.open()).map(({ key }) => key).filter((key) => requestIdOf(key) !== undefined);
  const found = await Promise.all(keys.map((key) => records.read<OperationRequest & Item>(key)));
  return found.filter((request) => request !== undefined);
}

/** Has an operation stop before its next change, or never begin; answers the request as it is then. */
export function cancelRequest(records: Kept, id: string, by: string, now: number): Promise<OperationRequest> {
  const at = new Date(now).toISOString();
  return amendRequest(records, id, (it) => {
    if (it.outcome || it.cancelled) return it;
    const cancelled = { by, at };
    if (it.usedBy !== undefined) return { ...it, cancelled };
    return { ...it, cancelled, outcome: { result: "cancelled", text: `${by} cancelled it before it had begun.`, at } };
  });
}

/** Approves a request once; what has ended, was cancelled or is approved stays as it is. Answers the request as it is then. */
export function approveRequest(records: Kept, id: string, by: string, now: number): Promise<OperationRequest> {
  return amendRequest(records, id, (it) => {
    if (it.approved || it.outcome || it.cancelled || now >= Date.parse(it.validUntil)) return it;
    return { ...it, approved: true, approvedBy: { by, at: new Date(now).toISOString() } };
  });
}

/** Lets a request that is half done be begun once more, under its own id and hence with the same name to create. */
export function resumeRequest(records: Kept, id: string, by: string, now: number): Promise<OperationRequest> {
  return amendRequest(records, id, (it) => {
    if (!isHalfDone(it, now)) return it;
    const { usedBy: _, outcome: __, cancelled: ___, ...rest } = it;
    const resumed = [...(it.resumed ?? []), { by, at: new Date(now).toISOString() }];
    return { ...rest, resumed, validUntil: new Date(now + VALID_MS).toISOString() };
  });
}
