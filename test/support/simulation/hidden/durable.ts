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
  /** The callback that was created last, until somebody completes it. */
  callback?: string;
  /** Seconds until the time of a callback is over, by its name; and for how long it has paused since they were counted. */
  callbacks?: Map<string, number>;
  paused?: number;
  output?: OperationOutput;
}

type Handler = DurableExecutionHandler<OperationInput, OperationOutput>;
type Decision = { shouldContinue: boolean; delay?: { seconds?: number } };

/** What goes on with an execution: one process, which may be killed. */
export interface Process {
  isKilled(): boolean;
  /** Writes down what was done; a process killed before that does it again. */
  checkpoint?(write: () => void): Promise<void>;
}

/**
 * Goes on with an execution until it waits, has ended, or its process is killed: each call looks once at what is waited for, since all that
 * an earlier one paused for has come, be it time or who woke it.
 *
 * Returns for how many seconds it waits; undefined if it has ended or was killed.
 */
export async function goOn(
  execution: Execution,
  handler: Handler,
  { isKilled, checkpoint = async (write) => write() }: Process,
): Promise<number | undefined> {
  const { arn, done, attempts, requestId } = execution;
  const { callbacks = new Map<string, number>(), paused = 0 } = execution;
  for (const [name, seconds] of callbacks) callbacks.set(name, seconds - paused);
  Object.assign(execution, { callbacks, paused: 0 });
  const { promise: waits, resolve: wait } = Promise.withResolvers<object>();
  // Of what it waits for, the first that comes lets it go on.
  let least = Number.POSITIVE_INFINITY;
  // What is woken pauses no more.
  let isWoken = false;
  let isOver = false;
  const never = (seconds = Number.POSITIVE_INFINITY) => {
    least = Math.min(least, seconds);
    wait({});
    return new Promise<never>(() => undefined);
  };
  const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  const keep = async (name: string, value: unknown) => {
    try {
      await checkpoint(() => void done.set(name, value));
    } catch (error) {
      if (!isKilled()) throw error;
    }
  };
  async function step(name: string, work: () => Promise<unknown>, { retryStrategy }: { retryStrategy(e: Error, n: number): Retry }) {
    const known = done.get(name);
    if (known instanceof Error) throw known;
    if (done.has(name)) return known;
    let result: unknown;
    try {
      result = plain(await work());
    } catch (error) {
      if (isKilled()) return never();
      const count = (attempts.get(name) ?? 0) + 1;
      attempts.set(name, count);
      const retry = retryStrategy(error as Error, count);
      if (retry.shouldRetry) return never(retry.delay?.seconds ?? 1);
      result = new Error((error as Error).message, { cause: error });
    }
    if (isKilled()) return never();
    await keep(name, result);
    if (isKilled()) return never();
    if (result instanceof Error) throw result;
    return result;
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
    await keep(name, state);
    if (isKilled()) return never();
    const { shouldContinue, delay } = waitStrategy(state);
    return shouldContinue ? never(delay?.seconds ?? 1) : state;
  }
  async function createCallback(name: string, { timeout }: { timeout: { seconds: number } }) {
    const id = `${arn} ${name}`;
    const isNew = !done.has(name);
    if (isNew) await keep(name, id);
    if (isKilled()) return never();
    if (isNew) execution.callback = id;
    if (isNew) callbacks.set(name, timeout.seconds);
    const left = execution.callback === id ? (callbacks.get(name) ?? 0) : 0;
    isWoken = left <= 0;
    // biome-ignore lint/suspicious/noThenProperty: like the SDK's own promises, it waits only for whoever waits for it.
    const woken = { then: (...args: Parameters<Promise<unknown>["then"]>) => (left > 0 && !isOver ? never(left) : PAST).then(...args) };
    return [woken, id];
  }
  async function pause(name: string, { seconds }: { seconds: number }): Promise<unknown> {
    if (done.has(name) || isWoken) {
      // Who waits for the first of two waits at once is done with the other as well.
      isOver = true;
      queueMicrotask(() => {
        isOver = false;
      });
      return undefined;
    }
    least = Math.min(least, seconds);
    await keep(name, true);
    return never(isKilled() ? undefined : seconds);
  }
  const durable = { step, waitForCondition, createCallback, wait: pause };
  const context = { executionContext: { durableExecutionArn: arn }, lambdaContext: {} as Context, ...durable };
  const ended = handler({ requestId }, context as unknown as Parameters<Handler>[1]).then((output) => ({ output }));
  const result = await Promise.race([ended, waits]);
  if ("output" in result && !isKilled()) execution.output = result.output as OperationOutput;
  if ("output" in result || least === Number.POSITIVE_INFINITY) return undefined;
  execution.paused = least;
  return least;
}

const PAST = Promise.resolve();

type Retry = { shouldRetry: boolean; delay?: { seconds?: number } };
