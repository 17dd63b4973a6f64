import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { Context } from "aws-lambda";
import type { OperationOutput } from "../../../../src/operations/end.ts";
import type { OperationInput } from "../../../../src/operations/workflow.ts";

/** What one execution has done, which outlives every process. */
export interface Execution {
  arn: string;
  requestId: string;
  operation: "recreate" | "switchover";
  done: Map<string, unknown>;
  attempts: Map<string, number>;
  output?: OperationOutput;
}

type Handler = DurableExecutionHandler<OperationInput, OperationOutput>;
type Decision = { shouldContinue: boolean };

/** Goes on with an execution until it waits, has ended, or its process is killed: each call looks once at what is waited for. */
export async function goOn(execution: Execution, handler: Handler, isKilled: () => boolean): Promise<void> {
  const { arn, done, attempts, requestId } = execution;
  const { promise: waits, resolve: wait } = Promise.withResolvers<undefined>();
  const never = () => {
    wait(undefined);
    return new Promise<never>(() => undefined);
  };
  const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  async function step(
    name: string,
    work: () => Promise<unknown>,
    { retryStrategy }: { retryStrategy(e: Error, n: number): { shouldRetry: boolean } },
  ) {
    const known = done.get(name);
    if (known instanceof Error) throw known;
    if (done.has(name)) return known;
    try {
      done.set(name, plain(await work()));
    } catch (error) {
      if (isKilled()) return never();
      const count = (attempts.get(name) ?? 0) + 1;
      attempts.set(name, count);
      if (retryStrategy(error as Error, count).shouldRetry) return never();
      const failure = new Error((error as Error).message, { cause: error });
      done.set(name, failure);
      throw failure;
    }
    return isKilled() ? never() : done.get(name);
  }
  async function waitForCondition(
    name: string,
    look: (state: unknown) => Promise<unknown>,
    { initialState, waitStrategy }: { initialState: unknown; waitStrategy(state: unknown): Decision },
  ) {
    const before = done.has(name) ? done.get(name) : initialState;
    if (done.has(name) && !waitStrategy(before).shouldContinue) return before;
    const state = plain(await look(before));
    if (isKilled()) return never();
    done.set(name, state);
    return waitStrategy(state).shouldContinue ? never() : state;
  }
  const context = { executionContext: { durableExecutionArn: arn }, lambdaContext: {} as Context, step, waitForCondition };
  const output = await Promise.race([handler({ requestId }, context as unknown as Parameters<Handler>[1]), waits]);
  if (output) execution.output = output;
}
