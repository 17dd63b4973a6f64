import type { Records } from "../../clients/records.ts";
import type { DeploymentRecord, RecordedOperation } from "../../facts/record.ts";
import type { Leaves, OperationStanding, PolicyStanding, UnderWay } from "../../standing/under-way.ts";
import { isOperationName, OPERATIONS, type OperationName, operationOf } from "../index.ts";
import type { Operation } from "../operation.ts";
import { policyRequestId } from "../policy-now.ts";
import { type OperationRequest, requestKey } from "../request.ts";

/** What the guard is doing to a deployment, and what the policy is about to do, at `now` (milliseconds since 1970). */
export async function readUnderWay(
  id: string,
  record: DeploymentRecord | undefined,
  records: Pick<Records, "read">,
  now: number,
): Promise<UnderWay> {
  const { operation } = record ?? {};
  const [request, automatic] = await Promise.all([
    operation && records.read<OperationRequest>(requestKey(operation.requestId)),
    records.read<OperationRequest>(requestKey(policyRequestId(id))),
  ]);
  return { ...underWayOf(operation, now, request), ...(record && automatic && { policy: policyStanding(automatic, record) }) };
}

/** What a deployment's standing says about the operation on it; `request` is the operation's own. */
export function underWayOf(operation: RecordedOperation | undefined, now: number, request?: OperationRequest): UnderWay {
  if (!operation) return {};
  const { name, failed, creates } = operation;
  const replaces = isOperationName(name) && OPERATIONS[name].replaces && !creates;
  const stopping = request && failed === undefined ? stoppingOf(request) : undefined;
  return {
    operation: { ...operationStanding(operation, now), ...(stopping && { stopping }) },
    recreating: !replaces ? undefined : failed === undefined ? "under way" : "failed",
    unfinished: failed,
    cancelled: operation.cancelled,
  };
}

function stoppingOf(request: OperationRequest): OperationStanding["stopping"] {
  return request.cancelled && { by: request.cancelled.by, leaves: leavesOf(request) };
}

/** What the operation leaves if it stops now. */
export function leavesOf(request: OperationRequest): Leaves {
  const { standsIn, attemptedAt, deletionBegunAt, deletionRefused, deletedAt, creationBegunAt, created } = request;
  if (standsIn) return "unknown";
  if (attemptedAt !== undefined) return "switchover";
  if (created !== undefined) return "new-green";
  if (creationBegunAt !== undefined) return "maybe-green";
  if (deletedAt !== undefined) return "no-green";
  return deletionBegunAt === undefined || deletionRefused?.unsure === false ? "everything" : "maybe-no-green";
}

/** What the policy's own request is about to do; undefined once it has begun, or has ended without asking a person. */
function policyStanding(request: OperationRequest, record: DeploymentRecord): PolicyStanding | undefined {
  const { notes = [], cancelled, outcome, settleMinutes } = request;
  if (notes.some(({ step }) => step === "started")) return undefined;
  if (cancelled) return { state: "asking", heldBy: cancelled.by };
  if (outcome || notes.some(({ step }) => step === "asking")) return { state: "asking" };
  const announced = notes.find(({ step }) => step === "announced");
  if (!announced || settleMinutes === undefined) return { state: "considering" };
  const last = record.facts.flatMap(({ reports }) => reports.filter(({ reading }) => reading.degraded)).map(({ at }) => Date.parse(at));
  const quietSince = Math.max(Date.parse(announced.at), ...last);
  return { state: "announced", settleMinutes, notBefore: new Date(quietSince + settleMinutes * MINUTE_MS).toISOString() };
}

/** How an operation stands at `now` (milliseconds since 1970). */
export function operationStanding({ name, since, step, text = "", shows, failed }: RecordedOperation, now: number): OperationStanding {
  const { doing, steps }: Pick<Operation, "doing"> & { steps: readonly string[] } = isOperationName(name) ? operationOf(name) : UNKNOWN;
  const at = steps.indexOf(step ?? "started") + 1;
  const reached = at > 0 ? { at, of: steps.length } : undefined;
  return { name, since, doing, step: reached, text, shows, elapsedMs: coarse(now - Date.parse(since)), failed };
}

// Written by a guard that knows more operations than this one.
const UNKNOWN = { doing: "At work", steps: [] };

/** True for a step that the operation's card counts; other steps show under the current one. */
export function isProgress(name: OperationName, step: string): boolean {
  const steps: readonly string[] = operationOf(name).steps;
  return steps.includes(step);
}

const MINUTE_MS = 60_000;

/** Coarser the longer it gets, so that a card does not change every minute for days. */
function coarse(ms: number): number {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  const step = minutes < 5 ? 1 : minutes < 10 ? 5 : minutes < 60 ? 10 : 60;
  return Math.floor(minutes / step) * step * MINUTE_MS;
}
