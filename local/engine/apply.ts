import {
  DurableExecutionClientError,
  DurableExecutionClientErrorScope,
  type OperationUpdate,
  type WireOperation,
} from "@aws/durable-execution-sdk-js";
import { type Execution, hasEnded, iso, type Timer } from "./execution.ts";

/** AWS's limits. Source: Lambda developer guide, "Durable functions", quotas. */
export const LIMITS = { payloadBytes: 256 * 1_024, errorBytes: 32 * 1_024, operations: 3_000 };

/** The error that ends an execution, for a request that can never succeed. */
function impossible(text: string): DurableExecutionClientError {
  return new DurableExecutionClientError(text, { scope: DurableExecutionClientErrorScope.EXECUTION });
}

/**
 * Applies one update of a checkpoint to the execution's operations, at `now`; returns the timer that it starts, if any.
 *
 * @throws DurableExecutionClientError with the scope EXECUTION for what AWS would refuse.
 */
export function apply(execution: Execution, update: OperationUpdate, now: number): Timer | undefined {
  checkLimits(execution, update);
  const operation = operationFor(execution, update, now);
  if (update.Action === "SUCCEED" || update.Action === "FAIL" || update.Action === "CANCEL") {
    operation.Status = ({ SUCCEED: "SUCCEEDED", FAIL: "FAILED", CANCEL: "CANCELLED" } as const)[update.Action];
    operation.EndTimestamp = iso(now);
  }
  const timer = BY_TYPE[update.Type ?? ""]?.(operation, update, now, execution);
  if (!(update.Type && update.Type in BY_TYPE))
    throw impossible(`The engine on this machine does not know operations of the type ${update.Type}.`);
  return timer || undefined;
}

function checkLimits(execution: Execution, { Payload, Error: error, Name, Id, Action }: OperationUpdate): void {
  const payload = Buffer.byteLength(Payload ?? "");
  if (payload > LIMITS.payloadBytes) throw impossible(`${Name ?? Id} has ${payload} bytes: a checkpoint takes ${LIMITS.payloadBytes}.`);
  const text = Buffer.byteLength(JSON.stringify(error ?? ""));
  if (text > LIMITS.errorBytes) throw impossible(`The error of ${Name ?? Id} has ${text} bytes: a checkpoint takes ${LIMITS.errorBytes}.`);
  // A retry counts as an operation; the start that follows it does not. Source: AWS Lambda pricing, "durable operations".
  const isNew = Action === "START" && !execution.operations.some((it) => it.Id === Id);
  if (isNew || Action === "RETRY") execution.metered += 1;
  if (execution.metered > LIMITS.operations) throw impossible(`The execution has more than ${LIMITS.operations} durable operations.`);
}

function operationFor({ operations }: Execution, { Id, Name, Type, SubType }: OperationUpdate, now: number): WireOperation {
  const known = operations.find((it) => it.Id === Id);
  if (known && hasEnded(known)) throw impossible(`${Name ?? Id} is ${known.Status} already.`);
  if (known) return known;
  const operation: WireOperation = { Id, Name, Type, SubType, StartTimestamp: iso(now), Status: "STARTED" };
  operations.push(operation);
  return operation;
}

type Applied = (operation: WireOperation, update: OperationUpdate, now: number, execution: Execution) => Timer | undefined;

const BY_TYPE: Readonly<Record<string, Applied>> = {
  STEP: applyStep,
  WAIT(operation, { Action, WaitOptions }, now) {
    if (Action !== "START") return undefined;
    const at = now + (WaitOptions?.WaitSeconds ?? 0) * 1_000;
    operation.WaitDetails = { ScheduledEndTimestamp: iso(at) };
    return { kind: "wait", at, operation: operation.Id };
  },
  CALLBACK(operation, { Action, CallbackOptions }, now, { arn }) {
    if (Action !== "START") return undefined;
    operation.CallbackDetails = { CallbackId: callbackId(arn, operation.Id ?? "") };
    const seconds = CallbackOptions?.TimeoutSeconds;
    return seconds ? { kind: "callback", at: now + seconds * 1_000, operation: operation.Id } : undefined;
  },
};

function applyStep(operation: WireOperation, update: OperationUpdate, now: number): Timer | undefined {
  const details = operation.StepDetails ?? {};
  operation.StepDetails = details;
  if (update.Action === "START") {
    operation.Status = "STARTED";
    details.NextAttemptTimestamp = undefined;
    return undefined;
  }
  details.Attempt = (details.Attempt ?? 0) + 1;
  details.Result = update.Payload;
  details.Error = update.Error;
  if (update.Action !== "RETRY") return undefined;
  const at = now + (update.StepOptions?.NextAttemptDelaySeconds ?? 0) * 1_000;
  operation.Status = "PENDING";
  details.NextAttemptTimestamp = iso(at);
  return { kind: "retry", at, operation: operation.Id };
}

/** The id for completing a callback from outside. Source for its alphabet: Lambda API, SendDurableExecutionCallbackSuccess. */
function callbackId(arn: string, operation: string): string {
  return Buffer.from(JSON.stringify([arn, operation])).toString("base64");
}

/** Returns the execution and the operation that a callback's id names. @throws Error if the text is not a callback's id. */
export function calledBack(id: string): { arn: string; operation: string } {
  try {
    const [arn, operation] = JSON.parse(Buffer.from(id, "base64").toString()) as string[];
    return { arn: arn ?? "", operation: operation ?? "" };
  } catch (cause) {
    throw new Error(`"${id}" is no callback's id.`, { cause });
  }
}
