import { LAMBDA } from "./answer-function.ts";
import type { AwsOptions } from "./aws.ts";
import { createAwsCall, isError } from "./aws-call.ts";

/** What the guard reads of a durable execution. Source: Lambda API, GetDurableExecution. */
export interface Execution {
  /** RUNNING, SUCCEEDED, FAILED, TIMED_OUT or STOPPED. */
  status: string;
  /** What it was started with, as JSON text; absent if it was too large to be kept. */
  input?: string;
}

/**
 * What is known of the execution that works for a request: `ended` if Lambda says so, `gone` if Lambda answers that there is no such
 * execution, `unknown` if Lambda refused to say or did not answer. Only `ended` proves that it can change nothing more.
 */
export type Owner = { state: "running" | "gone" } | { state: "ended"; status: string } | { state: "unknown"; why: string };

/** What the guard asks Lambda. `read`, `stop` and `wake` throw the SDK's error if Lambda refuses, or does not answer in time in five attempts. */
export interface Executions {
  /** The execution with this ARN; undefined if Lambda does not know it, or no longer does. */
  read(arn: string): Promise<Execution | undefined>;
  /** What is known of it; never throws. */
  ownerOf(arn: string): Promise<Owner>;
  /** Asks Lambda to end it as STOPPED; what it is doing at this moment may still be done. Source: Lambda API, StopDurableExecution. */
  stop(arn: string): Promise<void>;
  /**
   * Wakes the execution that waits for this callback; false if none does, or not any more. Source: Lambda API,
   * SendDurableExecutionCallbackSuccess.
   */
  wake(callback: string): Promise<boolean>;
}

/** Creates the client of Lambda's durable executions. */
export function createExecutions(options: AwsOptions): Executions {
  const call = createAwsCall(LAMBDA, options);
  const pathOf = (arn: string) => `/2025-12-01/durable-executions/${encodeURIComponent(arn)}`;
  return executionsFrom({
    async read(arn) {
      try {
        const { body } = await call({ operation: "GetDurableExecution", method: "GET", path: pathOf(arn) });
        const { Status = "", InputPayload } = JSON.parse(body.toString()) as { Status?: string; InputPayload?: string };
        return { status: Status, input: InputPayload };
      } catch (error) {
        if (isError(error, "ResourceNotFoundException")) return undefined;
        throw error;
      }
    },
    async stop(arn) {
      await call({ operation: "StopDurableExecution", path: `${pathOf(arn)}/stop` });
    },
    async wake(callback) {
      const path = `/2025-12-01/durable-execution-callbacks/${encodeURIComponent(callback)}/succeed`;
      try {
        await call({ operation: "SendDurableExecutionCallbackSuccess", path });
        return true;
      } catch (error) {
        if (isError(error, "CallbackTimeoutException") || isError(error, "ResourceNotFoundException")) return false;
        throw error;
      }
    },
  });
}

const ENDED = new Set(["SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"]);

/** The same for executions that are read, stopped and woken by other means. */
export function executionsFrom({ read, stop, wake }: Pick<Executions, "read" | "stop" | "wake">): Executions {
  return {
    read,
    stop,
    wake,
    async ownerOf(arn) {
      try {
        const execution = await read(arn);
        if (!execution) return { state: "gone" };
        // A status that nobody knows yet is no end.
        return ENDED.has(execution.status) ? { state: "ended", status: execution.status } : { state: "running" };
      } catch (error) {
        return { state: "unknown", why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
      }
    },
  };
}

/** Creates the function that says whether an execution may still change something: false only if it has ended. */
export const runningIn =
  ({ ownerOf }: Pick<Executions, "ownerOf">) =>
  async (arn: string): Promise<boolean> =>
    (await ownerOf(arn)).state !== "ended";
