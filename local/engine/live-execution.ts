import { randomUUID } from "node:crypto";
import type { WireOperation } from "@aws/durable-execution-sdk-js";
import { type Execution, hasEnded, type Timer } from "./execution.ts";

/** An execution in this process, with the state that needs no disk. */
export class LiveExecution {
  readonly execution: Execution;
  /** Operations that changed since the workflow was last told. */
  readonly changed = new Set<string>();
  /** The only token that a checkpoint may use. */
  token = "";
  /** True while its handler runs. */
  busy = false;
  /** True if the handler must be invoked again afterwards. */
  again = false;
  /** Consecutive invocations that threw. */
  failures = 0;
  readonly #waiting: ((execution: Execution) => void)[] = [];

  constructor(execution: Execution) {
    this.execution = execution;
  }

  nextToken(): string {
    this.token = randomUUID();
    return this.token;
  }

  /** Returns the operations that changed, which then count as told. */
  takeChanged(): WireOperation[] {
    const operations = this.execution.operations.filter(({ Id }) => Id !== undefined && this.changed.has(Id));
    this.changed.clear();
    return operations;
  }

  /** Applies a timer to its operation, at `now` (ISO 8601); false if the operation has already ended. */
  ring({ kind, operation: id }: Timer, now: string): boolean {
    const operation = this.execution.operations.find(({ Id }) => Id === id);
    if (!operation?.Id || hasEnded(operation)) return false;
    if (kind === "retry") operation.Status = "READY";
    else {
      operation.Status = kind === "wait" ? "SUCCEEDED" : "TIMED_OUT";
      operation.EndTimestamp = now;
    }
    if (kind === "callback") {
      const timeout = { ErrorType: "Callback.Timeout", ErrorMessage: "The callback did not come in time." };
      operation.CallbackDetails = { ...operation.CallbackDetails, Error: timeout };
    }
    this.changed.add(operation.Id);
    return true;
  }

  /** Resolves once the execution has ended. */
  ended(): Promise<Execution> {
    if (this.execution.status !== "RUNNING") return Promise.resolve(this.execution);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  end(): void {
    for (const resolve of this.#waiting.splice(0)) resolve(this.execution);
  }
}
