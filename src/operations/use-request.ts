import { type ClaimPorts, readBlue, takeBlue } from "./claim.ts";
import { policyRequestId } from "./policy-now.ts";
import { type OperationRequest, requestKey } from "./request.ts";
import { amendRequest, undefinedIfMissing } from "./requests.ts";
import { ReasonedError } from "./says/reasoned-error.ts";
import type { Reason } from "./says/reasons.ts";
import { wake } from "./waiting/wake.ts";

/** What came of taking a request. */
export type TakenRequest =
  | { result: "ours"; request: OperationRequest }
  /** Another execution uses the request: it was started twice. There is nothing to do or to say. */
  | { result: "duplicate" }
  | { result: "refused"; reason: Reason };

/** Takes the request and, for a person's request, the claim; the policy takes its claim only once the DDL has settled. */
export async function takeRequest(requestId: string, execution: string, ports: ClaimPorts): Promise<TakenRequest> {
  const taken = await markUsed(requestId, execution, ports);
  if (taken.result !== "ours" || taken.request.via === "policy") return taken;
  const reason = await takeBlue(taken.request, requestId, execution, ports);
  if (reason !== undefined) return { result: "refused", reason };
  await wakePolicys(taken.request, ports);
  return taken;
}

/** The policy leaves the deployment to a person: what waits to recreate it by itself hears of that. */
async function wakePolicys({ deploymentId }: OperationRequest, { records, executions }: ClaimPorts): Promise<void> {
  if (!executions) return;
  const read = () => records.read<OperationRequest>(requestKey(policyRequestId(deploymentId)));
  await wake(await read().catch(() => undefined), executions);
}

/**
 * Marks the request as used by `execution` until it is resumed; the same execution can do so again, as a replay does.
 *
 * @throws what the records throw; the same execution can then safely try again.
 */
async function markUsed(requestId: string, execution: string, { records, now }: ClaimPorts): Promise<TakenRequest> {
  const request = await amendRequest(records, requestId, (it) => {
    const mayUse = it.usedBy === undefined && refusalOf(it, now()) === undefined;
    return mayUse ? { ...it, usedBy: execution } : it;
  }).catch(undefinedIfMissing);
  if (!request) return { result: "refused", reason: { code: "no-such-request", requestId } };
  if (request.usedBy === execution) return { result: "ours", request };
  if (request.usedBy !== undefined) return { result: "duplicate" };
  return { result: "refused", reason: refusalOf(request, now()) ?? { code: "request-unusable" } };
}

function refusalOf({ approved, cancelled, validUntil, outcome }: OperationRequest, now: number): Reason | undefined {
  if (outcome) return { code: "request-ended", at: outcome.at, how: outcome.said };
  if (!approved) return { code: "not-approved" };
  if (cancelled) return { code: "request-cancelled", by: cancelled.by };
  if (now >= Date.parse(validUntil)) return { code: "request-lapsed", validUntil };
  return undefined;
}

/** Thrown before a change if the operation must not go on: its claim is lost, or somebody cancelled it. */
export class StoppedError extends ReasonedError {
  override readonly name = "StoppedError";
}

/**
 * Makes sure, right before a change, that the execution still carries out the request, as just read, and holds its claim, and nobody has
 * cancelled it.
 *
 * @throws StoppedError
 */
export async function mayGoOn(request: OperationRequest, execution: string, records: Pick<ClaimPorts["records"], "read">): Promise<void> {
  unlessOthers(unlessCancelled(request), execution);
  const owner = (await readBlue(request.blue, records)).claim?.owner;
  if (owner === execution) return;
  throw new StoppedError({ code: "claim-lost", ...(owner !== undefined && { owner }) });
}

/**
 * Writes down that a change begins, unless somebody has cancelled the operation by then, or another execution carries it out; returns the
 * request.
 *
 * @throws StoppedError
 */
export function beginChange(
  requestId: string,
  execution: string,
  change: (request: OperationRequest) => OperationRequest,
  records: ClaimPorts["records"],
): Promise<OperationRequest> {
  return amendRequest(records, requestId, (it) => change(unlessOthers(unlessCancelled(it), execution)));
}

/** The request, unless somebody has gone on with it in another execution, or it has ended. @throws StoppedError */
function unlessOthers(request: OperationRequest, execution: string): OperationRequest {
  if (request.outcome) throw new StoppedError({ code: "ended-already", at: request.outcome.at });
  if (request.usedBy !== execution) throw new StoppedError({ code: "carried-out-by", execution: request.usedBy });
  return request;
}

/** The request, if it is still there. @throws StoppedError */
export async function storedRequest(requestId: string, records: Pick<ClaimPorts["records"], "read">): Promise<OperationRequest> {
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new StoppedError({ code: "request-lost", requestId });
  return request;
}

/** The same, if nobody has cancelled it. @throws StoppedError */
export async function notCancelled(requestId: string, records: Pick<ClaimPorts["records"], "read">): Promise<OperationRequest> {
  return unlessCancelled(await storedRequest(requestId, records));
}

/**
 * The request, unless somebody has cancelled it. In the write that marks a change as begun it leaves no time between the two: who cancels
 * later is told that the change has begun. @throws StoppedError
 */
function unlessCancelled(request: OperationRequest): OperationRequest {
  if (request.cancelled) throw new StoppedError({ code: "cancelled", ...request.cancelled });
  return request;
}
