import type { RecordedOperation } from "../facts/record.ts";
import type { OperationSummary, UnderWay } from "../facts/summary.ts";
import { isOperationName, OPERATIONS, type OperationName, operationOf } from "./index.ts";
import type { Operation } from "./operation.ts";

/** What a deployment's summary says about the operation on it; includes its progress only with `now` (milliseconds since 1970). */
export function underWayOf(operation: RecordedOperation | undefined, now?: number): UnderWay {
  if (!operation) return {};
  const { name, failed, creates } = operation;
  const replaces = isOperationName(name) && OPERATIONS[name].replaces && !creates;
  return {
    operation: now === undefined ? undefined : operationSummary(operation, now),
    recreating: !replaces ? undefined : failed === undefined ? "under way" : "failed",
    unfinished: failed,
  };
}

/** How an operation stands at `now` (milliseconds since 1970). */
export function operationSummary({ name, since, step, text = "", shows, failed }: RecordedOperation, now: number): OperationSummary {
  const { doing, steps }: Pick<Operation, "doing"> & { steps: readonly string[] } = isOperationName(name) ? operationOf(name) : UNKNOWN;
  const at = steps.indexOf(step ?? "started") + 1;
  return { doing, step: at > 0 ? { at, of: steps.length } : undefined, text, shows, elapsedMs: coarse(now - Date.parse(since)), failed };
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
