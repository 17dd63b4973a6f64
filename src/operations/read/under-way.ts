import type { Records } from "../../clients/records.ts";
import type { Fact } from "../../facts/facts.ts";
import { type DeploymentRecord, droppedOf } from "../../facts/record.ts";
import type { RecordedOperation } from "../../facts/recorded-operation.ts";
import type { Leaves, OperationStanding, PolicyStanding, UnderWay } from "../../standing/under-way.ts";
import { isOperationName, OPERATIONS, type OperationName, operationOf } from "../index.ts";
import { policyRequestId } from "../policy-now.ts";
import { type OperationRequest, requestKey } from "../request.ts";

/** What the guard is doing to a deployment, and what the policy is about to do. */
export async function readUnderWay(id: string, record: DeploymentRecord | undefined, records: Pick<Records, "read">): Promise<UnderWay> {
  const { operation } = record ?? {};
  const [request, automatic] = await Promise.all([
    operation && records.read<OperationRequest>(requestKey(operation.requestId)),
    record && mayHaveAsked(record) && records.read<OperationRequest>(requestKey(policyRequestId(id))),
  ]);
  return { ...underWayOf(operation, request), ...(record && automatic && { policy: policyStanding(automatic, record) }) };
}

/** The policy asks only for what was ruined once (`isRuined`), which leaves a fact. */
function mayHaveAsked(record: DeploymentRecord): boolean {
  const isRuin = ({ severity, reports }: Fact) =>
    severity === "critical" || reports.some(({ reading }) => reading.degraded || reading.terminated);
  return droppedOf(record) > 0 || record.facts.some(isRuin);
}

/** What a deployment's standing says about the operation on it; `request` is the operation's own. */
export function underWayOf(operation: RecordedOperation | undefined, request?: OperationRequest): UnderWay {
  if (!operation) return {};
  const { name, failed, creates } = operation;
  const replaces = isOperationName(name) && OPERATIONS[name].replaces && !creates;
  const stopping = request && failed === undefined ? stoppingOf(request) : undefined;
  return {
    operation: { ...operationStanding(operation), ...(stopping && { stopping }) },
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

function operationStanding({ name, since, step, said, shows, failed }: RecordedOperation): OperationStanding {
  // One that this version of the guard does not know has no steps to count.
  const steps: readonly string[] = isOperationName(name) ? operationOf(name).steps : [];
  const at = steps.indexOf(step ?? "started") + 1;
  const reached = at > 0 ? { at, of: steps.length } : undefined;
  return { name, since, step: reached, said, shows, failed };
}

/** True for a step that the operation's card counts; other steps show under the current one. */
export function isProgress(name: OperationName, step: string): boolean {
  const steps: readonly string[] = operationOf(name).steps;
  return steps.includes(step);
}

const MINUTE_MS = 60_000;
