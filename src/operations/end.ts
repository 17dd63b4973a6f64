import type { Bus } from "../clients/bus.ts";
import { type ClaimPorts, keepQuiet, keepUnclear, leaveAlone, release } from "./claim.ts";
import { endedAs } from "./ended-as.ts";
import type { OperationName } from "./index.ts";
import { noteOf, withNote, writeNote } from "./notes.ts";
import type { OperationResult } from "./operation.ts";
import { hasLapsed, type OperationNote, type OperationRequest, QUIET_MS } from "./request.ts";
import { amendRequest, undefinedIfMissing } from "./requests.ts";
import type { Decision } from "./says/decision.ts";
import type { Reason } from "./says/reasons.ts";
import type { Said } from "./says/sayings.ts";

/** How an operation ended; `duplicate` is a second start of the same request, which did nothing. */
export interface OperationOutput {
  outcome: OperationResult | "duplicate";
  /** Id of the new deployment, if one was created. */
  deployment?: string;
  said?: Said;
  /** Why it did nothing. */
  reason?: Reason;
}

/** How a workflow reports its end. */
export interface End {
  /** Omitted if `reason` says why it did not finish: what it had changed by then decides. */
  result?: OperationResult;
  reason?: Reason;
}

/** What ending an operation needs from the outside. */
export interface EndPorts extends Pick<ClaimPorts, "records" | "now"> {
  /** Tells people about a note; the same note may come again. One that the next note follows at once need not be told by itself. */
  tell(request: OperationRequest, note: OperationNote, when?: "with the next"): Promise<boolean>;
}

/**
 * Records how the execution's operation ended, releases the database, and tells people; with a `reason` it did not finish.
 *
 * After a failure other than renewed degradation, or if a person held its operation, the policy leaves the database alone until a person
 * starts one. If it is unclear how the operation ended, the claim stays until a person has decided. What a run that dies leaves undone of
 * this, the next sweep does.
 */
export async function endOperation(
  requestId: string,
  execution: string,
  { result: given, reason }: End,
  { records, now, tell }: EndPorts,
): Promise<OperationOutput> {
  const at = new Date(now()).toISOString();
  const end = (isQuiet: boolean) => (it: OperationRequest) => {
    if (it.outcome || it.usedBy !== execution || (it.forced && !isQuiet)) return it;
    const result = given ?? (reason === undefined ? "done" : resultOf(it));
    const why = it.forced && reason !== undefined ? { code: "ended-by-force" as const, by: it.forced.by, why: reason } : reason;
    const ends = endedAs(it, result, why);
    return withNote({ ...it, outcome: { result, said: ends, at }, endUntold: true }, result, ends, at);
  };
  const before = await amendRequest(records, requestId, end(false)).catch(undefinedIfMissing);
  // Before its end: its execution, or RDS, may still be at what it had begun.
  const forced = before?.usedBy === execution && !before.outcome ? before.forced : undefined;
  if (before && forced) await keepQuiet(before.blue, forced.by, Date.parse(at) + QUIET_MS, records);
  const ended = forced ? await amendRequest(records, requestId, end(true)).catch(undefinedIfMissing) : before;
  if (ended && isLate(ended, now())) return endLate(ended, requestId, { records, now, tell });
  // There is nothing to record about a request that does not exist or that another execution uses.
  if (ended?.usedBy !== execution) return { outcome: "refused", ...(reason && { reason }) };
  const { result, said } = ended.outcome ?? { result: "failed", said: endedAs(ended, "failed", reason) };
  const isFailure = (result === "failed" && !ended.degradedAgain) || result === "partly";
  if (isFailure || (result === "cancelled" && ended.via === "policy")) await leaveAlone(ended.blue, { since: said, at }, records);
  if (result === "unclear") await keepUnclear(ended.blue, execution, said, records);
  else await release(ended.blue, execution, records);
  const noted = noteOf(ended, result, said);
  const { request, note } = noted ? { request: ended, note: noted } : await writeNote(requestId, result, said, { records, now });
  await tell(request, note);
  await amendRequest(records, requestId, (it) => (it.endUntold ? { ...it, endUntold: undefined } : it));
  return { outcome: result, deployment: ended.created, said };
}

/** True for what a person asked for and nothing has begun in time; the policy asks again by itself. */
export const isLate = (request: OperationRequest, now: number): boolean =>
  (request.via !== "policy" || request.resumed !== undefined) && hasLapsed(request, now);

/**
 * Ends a request that nothing has begun in time, and tells people what follows from it, or why it is not asked for again; a run that dies meanwhile is made up for by the next.
 */
export async function endLate(request: OperationRequest, requestId: string, ports: EndPorts, next?: Reason): Promise<OperationOutput> {
  const { records, now, tell } = ports;
  const { validUntil, approved } = request;
  const reason: Reason = { code: "nothing-began", validUntil, approved, ...(next && { next }) };
  const outcome = notBegun(request, reason, now());
  const { result, said } = outcome;
  const { request: noted, note } = await writeNote(requestId, result, said, ports);
  const unanswered = notAnswered(request);
  const calls = unanswered && request.askerId !== undefined ? { calls: [request.askerId] } : {};
  await tell({ ...noted, outcome }, { ...note, ...calls });
  const owed = unanswered && { owed: unanswered, owedAt: undefined };
  await amendRequest(records, requestId, (it) => (hasLapsed(it, now()) ? { ...it, outcome, ...owed } : it));
  return { outcome: result, said };
}

/** What is said where the operators were asked, if none of them has answered; undefined if they were not asked. */
function notAnswered({ approval, approved, operation, deploymentName: name, deletionBegunAt }: OperationRequest): Decision | undefined {
  return approval && !approved ? { code: "not-answered", operation, name, again: deletionBegunAt !== undefined } : undefined;
}

/** The end of a request that does not begin, or not again: what it changed before it was resumed stays changed. */
export function notBegun(request: OperationRequest, reason: Reason, now: number): NonNullable<OperationRequest["outcome"]> {
  const result = resultOf(request);
  return { result, said: endedAs(request, result, reason), at: new Date(now).toISOString() };
}

/** What putting a request on the bus needs from the outside. */
export interface PutPorts extends Pick<ClaimPorts, "records" | "now"> {
  bus: Pick<Bus, "request">;
}

/**
 * Has the deployed guard begin an approved request. If the bus does not take it, the request ends, so that nothing is left that waits and it can
 * be asked for again; if only the bus's answer was lost, it goes on.
 *
 * @throws what the bus throws
 */
export async function putOnBus(operation: OperationName, requestId: string, { bus, records, now }: PutPorts): Promise<void> {
  try {
    await bus.request(operation, requestId);
  } catch (error) {
    const reason = { code: "not-on-the-bus" } as const;
    const { usedBy } = await amendRequest(records, requestId, (it) =>
      it.usedBy || it.outcome ? it : { ...it, outcome: notBegun(it, reason, now()) },
    );
    if (usedBy === undefined) throw error;
  }
}

function resultOf({ cancelled, deletionBegunAt, unprotectBegunAt, attemptedAt }: OperationRequest): OperationResult {
  if (attemptedAt !== undefined) return "unclear";
  if (cancelled) return "cancelled";
  return deletionBegunAt !== undefined || unprotectBegunAt !== undefined ? "failed" : "refused";
}
