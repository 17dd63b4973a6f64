import type { ErrorObject, WireOperation } from "@aws/durable-execution-sdk-js";

/** The status of an execution. Source: Lambda API, GetDurableExecution. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "STOPPED";

/** Something that happens to an execution automatically at `at`, milliseconds since 1970. */
export interface Timer {
  at: number;
  kind: "wait" | "retry" | "callback" | "execution";
  /** The operation that it belongs to; absent for the execution's own timeout. */
  operation?: string;
}

/** One run of a workflow, with everything that another process needs to resume it. */
export interface Execution {
  arn: string;
  workflow: string;
  /** Unique within its workflow: starting it again returns this execution. */
  name: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt?: number;
  status: ExecutionStatus;
  /** JSON. */
  input: string;
  /** JSON. */
  result?: string;
  error?: ErrorObject;
  /** How often its handler has been called. */
  invocations: number;
  /** How often its handler has written a checkpoint. */
  checkpoints: number;
  /** Durable operations so far, as AWS counts them, including retries and polls. */
  metered: number;
  /** In the order they started, the EXECUTION operation first. */
  operations: WireOperation[];
  timers: Timer[];
}

/** A change of an execution's status, as in EventBridge's `Durable Execution Status Change`. */
export type StatusChange = Pick<Execution, "arn" | "name" | "workflow" | "status" | "startedAt" | "endedAt">;

const ENDED = new Set(["SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "STOPPED"]);

/** True once an operation can no longer change. */
export function hasEnded({ Status }: WireOperation): boolean {
  return ENDED.has(Status ?? "");
}

/** A time in milliseconds since 1970 as ISO 8601. */
export const iso = (at: number): string => new Date(at).toISOString();
