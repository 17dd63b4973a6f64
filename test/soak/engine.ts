import type { Execution as Read } from "../../src/clients/executions.ts";
import { OPERATION_HANDLERS } from "../../src/handlers/operation.ts";
import type { OperationName } from "../../src/operations/index.ts";
import { type Execution, goOn } from "../support/simulation/hidden/durable.ts";
import type { Dependencies } from "../support/simulation/hidden/guard.ts";
import type { Run } from "../support/simulation/ports.ts";
import type { Random } from "./random.ts";
import type { Tasks } from "./tasks.ts";

/** A durable execution as Lambda knows it. */
export interface Running extends Execution {
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "STOPPED";
  /** The process that is at work on it, if any. */
  run?: Run;
  /** Milliseconds since 1970. */
  endedAt?: number;
  /** After how many more steps its process hangs, and for how long. */
  hangs?: { steps: number; seconds: number };
  /** Ends the pause that it is in, if it is in one. */
  wakeUp?(): void;
  /** True if somebody woke it while it was at work. */
  isWoken?: boolean;
  /** True while a process that has hung is still at a step, although its execution has ended. */
  lingers?: boolean;
}

/** Runs work of the guard as one process for an execution; returns what it returns or throws, and whether the process was killed. */
export type RunFor = <T>(
  execution: Running,
  work: (dependencies: Dependencies, run: Run) => Promise<T>,
) => Promise<{ result?: T; killed: boolean; error?: unknown }>;

/** Lambda's durable executions. */
export class Engine {
  readonly executions: Running[] = [];
  readonly #tasks: Tasks;
  readonly #random: Random;
  readonly #runFor: RunFor;
  readonly #ended: (execution: Running) => void;

  /** `ended` hears of each execution that dies. */
  constructor(tasks: Tasks, random: Random, runFor: RunFor, ended: (execution: Running) => void) {
    this.#tasks = tasks;
    this.#random = random;
    this.#runFor = runFor;
    this.#ended = ended;
  }

  /** Starts an execution for a request, which has others if it was started more than once. */
  start(operation: OperationName, requestId: string): void {
    const count = this.executions.filter((it) => it.requestId === requestId).length;
    const arn = `arn:aws:lambda:ap-northeast-1:123456789012:function:bluegreen-guard-${operation}:1/durable-execution/${requestId}/${count + 1}`;
    const execution: Running = { arn, requestId, operation, done: new Map(), attempts: new Map(), status: "RUNNING" };
    this.executions.push(execution);
    this.#tasks.begin(() => this.#goOn(execution));
  }

  read(arn: string): Read | undefined {
    const found = this.executions.find((it) => it.arn === arn);
    return found && { status: found.status, input: JSON.stringify({ requestId: found.requestId }) };
  }

  isRunning(arn: string | undefined): boolean {
    return this.executions.some((it) => it.arn === arn && it.status === "RUNNING");
  }

  /** True if a process of it is still at a step although it has ended: Lambda takes nothing more from it, and RDS does. */
  isLingering(arn: string | undefined): boolean {
    return this.executions.some((it) => it.arn === arn && it.lingers === true);
  }

  /** It ends as that, whatever it is doing; a call that is out is still made. */
  end(execution: Running, status: Running["status"]): void {
    if (execution.status !== "RUNNING") return;
    execution.status = status;
    execution.endedAt = this.#tasks.clock.now();
    if (!execution.lingers) execution.run?.die();
    this.#ended(execution);
  }

  /** Completes the callback that an execution waits for; false if none waits for it, or not any more. */
  wake(callback: string): boolean {
    const found = this.executions.find((it) => it.callback === callback && it.status === "RUNNING");
    if (!found) return false;
    found.callback = undefined;
    found.isWoken = true;
    found.wakeUp?.();
    return true;
  }

  hang(execution: Running, hangs: NonNullable<Running["hangs"]>): void {
    execution.hangs = { ...hangs };
  }

  /** Writes down that a step is done; a process whose execution has ended can do no more than the step that it was at. */
  async #checkpoint(execution: Running, run: Run, write: () => void): Promise<void> {
    if (execution.status !== "RUNNING") {
      execution.lingers = false;
      return run.die();
    }
    write();
    if (execution.hangs === undefined || execution.hangs.steps-- > 0) return;
    const { seconds } = execution.hangs;
    execution.hangs = undefined;
    execution.lingers = true;
    this.end(execution, "TIMED_OUT");
    await this.#tasks.pass(seconds * 1_000);
  }

  /** Resolves once somebody wakes it, also where that was before it paused. */
  #woken(execution: Running): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    execution.wakeUp = () => {
      execution.isWoken = false;
      execution.wakeUp = undefined;
      resolve();
    };
    if (execution.isWoken) execution.wakeUp();
    return promise;
  }

  async #goOn(execution: Running): Promise<void> {
    while (execution.status === "RUNNING") {
      const {
        result: seconds,
        killed,
        error,
      } = await this.#runFor(execution, async (dependencies, run) => {
        execution.run = run;
        const { checkpoint } = run.through({ checkpoint: (write: () => void) => this.#checkpoint(execution, run, write) });
        const handler = OPERATION_HANDLERS[execution.operation](dependencies);
        return goOn(execution, handler, { isKilled: () => run.killed, checkpoint: (write) => checkpoint(write) });
      });
      execution.lingers = false;
      if (execution.status !== "RUNNING") return;
      if (error !== undefined) return this.end(execution, "FAILED");
      if (execution.output) {
        execution.status = "SUCCEEDED";
        execution.endedAt = this.#tasks.clock.now();
        return;
      }
      // Lambda begins anew after a process has died.
      const mends = killed || seconds === undefined;
      const pause = this.#tasks.pass((mends ? this.#random.of([1, 1, 5, 20, 60]) : seconds) * 1_000);
      await (mends ? pause : Promise.race([pause, this.#woken(execution)]));
      execution.wakeUp = undefined;
    }
  }
}
