import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  type DurableExecutionHandler,
  type DurableLambdaHandler,
  type ErrorObject,
  type WireOperation,
  withDurableExecution,
} from "@aws/durable-execution-sdk-js";
import { createDurableClient } from "../../src/clients/durable-client.ts";
import type { Clock } from "../clock.ts";
import { ACCOUNT, REGION } from "../queue/names.ts";
import { calledBack } from "./apply.ts";
import { type Execution, hasEnded, iso, type StatusChange } from "./execution.ts";
import type { LiveExecution } from "./live-execution.ts";
import { Runner } from "./runner.ts";
import type { ExecutionStore } from "./store.ts";

/** Options for an engine. */
export interface EngineOptions {
  store: ExecutionStore;
  clock: Clock;
  /** Milliseconds that an execution may take; 7 days if left out. */
  executionTimeoutMs?: number;
  /** Called when an invocation has thrown and will be repeated. */
  onFault?(error: unknown, execution: Execution): void;
}

const SEVEN_DAYS_MS = 7 * 24 * 3_600_000;
const NAME = /^[\w-]{1,64}$/;

/** Thrown for a name that another execution with different input has. Source: Lambda API, DurableExecutionAlreadyStartedException. */
export class AlreadyStartedError extends Error {
  override readonly name = "DurableExecutionAlreadyStartedException";
}

/**
 * Runs durable workflows on one machine as Lambda does, through the SDK's own transport. Every checkpoint is on disk before the workflow
 * continues, so after a kill at any time the next process resumes where the last one was.
 *
 * Unlike in Lambda, a running execution continues with the code of the process that resumes it.
 */
export class LocalEngine {
  readonly #store: ExecutionStore;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #handlers = new Map<string, DurableLambdaHandler>();
  readonly #listeners = new Set<(change: StatusChange) => void>();
  readonly #runner: Runner;

  constructor({ store, clock, executionTimeoutMs = SEVEN_DAYS_MS, onFault = () => undefined }: EngineOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#timeoutMs = executionTimeoutMs;
    this.#runner = new Runner({ store, clock, handlers: this.#handlers, onEnd: (execution) => this.#tell(execution), onFault });
  }

  /** Adds a workflow; add all of them before `recover` or `start`. */
  register<Input, Output>(name: string, workflow: DurableExecutionHandler<Input, Output>): this {
    this.#handlers.set(name, withDurableExecution(workflow, { durableExecutionClient: createDurableClient(this.#runner) }));
    return this;
  }

  /** Resumes what an earlier process left. */
  async recover(): Promise<void> {
    const executions = await this.#store.load();
    await this.#clock.work(async () => {
      for (const execution of executions) {
        const live = this.#runner.track(execution);
        for (const timer of execution.timers) this.#runner.arm(live, timer);
        // An invocation may have been under way.
        this.#runner.kick(live);
      }
    });
  }

  /**
   * Starts an execution, or returns the one that already has the name, running or ended.
   *
   * @throws AlreadyStartedError if that one has different input; RangeError for an invalid name or an unknown workflow.
   */
  async start(workflow: string, input: unknown, name: string = randomUUID()): Promise<Execution> {
    if (!this.#handlers.has(workflow))
      throw new RangeError(`There is no workflow "${workflow}", only ${[...this.#handlers.keys()].join(", ")}.`);
    if (!NAME.test(name)) throw new RangeError(`An execution's name takes 1 to 64 letters, digits, - and _; received "${name}".`);
    const text = JSON.stringify(input ?? {});
    const known = this.list().find((it) => it.workflow === workflow && it.name === name);
    if (known && isDeepStrictEqual(JSON.parse(known.input), JSON.parse(text))) return known;
    if (known) throw new AlreadyStartedError(`An execution of ${workflow} named ${name} was started with other input.`);
    return this.#clock.work(() => this.#begin(newExecution(workflow, text, name, this.#clock.now())));
  }

  async #begin(execution: Execution): Promise<Execution> {
    const live = this.#runner.track(execution);
    this.#runner.setTimer(live, { kind: "execution", at: execution.startedAt + this.#timeoutMs });
    await this.#store.save(execution);
    this.#tell(execution);
    this.#runner.kick(live);
    return execution;
  }

  get(arn: string): Execution | undefined {
    return this.#runner.live.get(arn)?.execution;
  }

  list(): Execution[] {
    return [...this.#runner.live.values()].map(({ execution }) => execution);
  }

  /** Resolves with the execution once it has ended. @throws Error for an unknown ARN. */
  done(arn: string): Promise<Execution> {
    const live = this.#runner.live.get(arn);
    return live ? live.ended() : Promise.reject(new Error(`There is no execution ${arn}.`));
  }

  /** Ends an execution as STOPPED; its handler runs on until the next checkpoint. Source: Lambda API, StopDurableExecution. */
  async stop(arn: string, error?: ErrorObject): Promise<void> {
    const live = this.#runner.live.get(arn);
    if (live) await this.#runner.finish(live, { status: "STOPPED", error });
  }

  /** Calls `listener` for every status of an execution, from RUNNING on, until the returned function is called. */
  onStatus(listener: (change: StatusChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Completes a callback without a result; false if no workflow waits for it, or none does any longer. */
  async wake(id: string): Promise<boolean> {
    if (!this.#open(id)) return false;
    await this.completeCallback(id, {});
    return true;
  }

  /** The execution and the operation of a callback that is not completed yet. @throws Error if the text is no callback's id */
  #open(id: string): { live: LiveExecution; operation: WireOperation } | undefined {
    const { arn, operation: operationId } = calledBack(id);
    const live = this.#runner.live.get(arn);
    const operation = live?.execution.operations.find((it) => it.Id === operationId);
    return live && operation && !hasEnded(operation) && live.execution.status === "RUNNING" ? { live, operation } : undefined;
  }

  /** Completes a callback that a workflow waits for. @throws Error if no workflow waits for it, or none does any longer. */
  async completeCallback(id: string, outcome: { result?: string; error?: ErrorObject }): Promise<void> {
    const open = this.#open(id);
    if (!open) throw new Error(`Nobody waits for the callback "${id}" (any more).`);
    const { live, operation } = open;
    operation.Status = outcome.error ? "FAILED" : "SUCCEEDED";
    operation.EndTimestamp = iso(this.#clock.now());
    operation.CallbackDetails = { CallbackId: id, Result: outcome.result, Error: outcome.error };
    live.changed.add(operation.Id ?? "");
    await this.#clock.work(async () => {
      await this.#store.save(live.execution);
      this.#runner.kick(live);
    });
  }

  /** Halts all executions and releases the store. */
  async close(): Promise<void> {
    this.#runner.close();
    await this.#store.close();
  }

  #tell({ arn, name, workflow, status, startedAt, endedAt }: Execution): void {
    for (const listener of this.#listeners) listener({ arn, name, workflow, status, startedAt, endedAt });
  }
}

function newExecution(workflow: string, input: string, name: string, now: number): Execution {
  const id = randomUUID();
  return {
    arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${workflow}:1/durable-execution/${name}/${id}`,
    workflow,
    name,
    startedAt: now,
    status: "RUNNING",
    input,
    invocations: 0,
    checkpoints: 0,
    metered: 0,
    operations: [
      { Id: id, Type: "EXECUTION", Name: name, Status: "STARTED", StartTimestamp: iso(now), ExecutionDetails: { InputPayload: input } },
    ],
    timers: [],
  };
}
