import type { ErrorObject, WireOperation } from "@aws/durable-execution-sdk-js";

/** How an execution stands. Source: Lambda API, GetDurableExecution. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "STOPPED";

/** Something that happens to an execution by itself at `at`, milliseconds since 1970. */
export interface Timer {
  at: number;
  kind: "wait" | "retry" | "callback" | "execution";
  /** The operation that it ends; absent for the execution's own time. */
  operation?: string;
}

/** One run of a workflow, with all that is needed to go on with it in another process. */
export interface Execution {
  arn: string;
  workflow: string;
  /** Unique for its workflow: who starts it again gets this one. */
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
  /** How often its handler was called. */
  invocations: number;
  /** Durable operations so far, as AWS counts them: retries and polls too. */
  metered: number;
  /** In the order of their beginning, the EXECUTION operation first. */
  operations: WireOperation[];
  timers: Timer[];
}

/** What an execution's status is told by: as EventBridge's `Durable Execution Status Change`. */
export type StatusChange = Pick<Execution, "arn" | "name" | "workflow" | "status" | "startedAt" | "endedAt">;

const ENDED = new Set(["SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "STOPPED"]);

/** True once nothing changes an operation any more. */
export function hasEnded({ Status }: WireOperation): boolean {
  return ENDED.has(Status ?? "");
}

/** ISO 8601 of a moment. */
export const iso = (at: number): string => new Date(at).toISOString();
