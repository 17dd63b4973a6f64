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

  /** It ends as that, whatever it is doing; a call that is out is still made. */
  end(execution: Running, status: Running["status"]): void {
    if (execution.status !== "RUNNING") return;
    execution.status = status;
    execution.endedAt = this.#tasks.clock.now();
    execution.run?.die();
    this.#ended(execution);
  }

  async #goOn(execution: Running): Promise<void> {
    while (execution.status === "RUNNING") {
      const {
        result: seconds,
        killed,
        error,
      } = await this.#runFor(execution, async (dependencies, run) => {
        execution.run = run;
        const { checkpoint } = run.through({ checkpoint: async (write: () => void) => write() });
        const handler = OPERATION_HANDLERS[execution.operation](dependencies);
        return goOn(execution, handler, { isKilled: () => run.killed, checkpoint: (write) => checkpoint(write) });
      });
      if (execution.status !== "RUNNING") return;
      if (error !== undefined) return this.end(execution, "FAILED");
      if (execution.output) {
        execution.status = "SUCCEEDED";
        execution.endedAt = this.#tasks.clock.now();
        return;
      }
      // Lambda begins anew after a process has died.
      await this.#tasks.pass((killed || seconds === undefined ? this.#random.of([1, 1, 5, 20, 60]) : seconds) * 1_000);
    }
  }
}
