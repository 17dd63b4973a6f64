import { randomUUID } from "node:crypto";
import type { WireOperation } from "@aws/durable-execution-sdk-js";
import { type Execution, hasEnded, type Timer } from "./execution.ts";

/** An execution in this process, with what needs no disk. */
export class LiveExecution {
  readonly execution: Execution;
  /** Operations that changed since the workflow was last told. */
  readonly changed = new Set<string>();
  /** The only token that a checkpoint may come with. */
  token = "";
  /** True while its handler runs. */
  busy = false;
  /** True where it is to be invoked again after that. */
  again = false;
  /** Invocations in a row that threw. */
  failures = 0;
  readonly #waiting: ((execution: Execution) => void)[] = [];

  constructor(execution: Execution) {
    this.execution = execution;
  }

  nextToken(): string {
    this.token = randomUUID();
    return this.token;
  }

  /** The operations that changed, which then count as told. */
  takeChanged(): WireOperation[] {
    const operations = this.execution.operations.filter(({ Id }) => Id !== undefined && this.changed.has(Id));
    this.changed.clear();
    return operations;
  }

  /** Does to an operation what its timer says, at `now` (ISO 8601); false where it has ended before. */
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

  /** Resolves once it has ended. */
  ended(): Promise<Execution> {
    if (this.execution.status !== "RUNNING") return Promise.resolve(this.execution);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  end(): void {
    for (const resolve of this.#waiting.splice(0)) resolve(this.execution);
  }
}
