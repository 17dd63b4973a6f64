import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { LocalEngine } from "../../../local/engine/engine.ts";
import type { Execution } from "../../../local/engine/execution.ts";
import { openExecutionStore } from "../../../local/engine/store.ts";
import { createRecreateHandler, type RecreateDependencies } from "../../../src/handlers/operation.ts";
import { createReleaseHandler, type StatusChangeEvent } from "../../../src/handlers/release.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import { connectedTo } from "../../support/connected.ts";
import type { TestLab } from "../../support/lab/stage.ts";
import { REQUEST } from "../../support/operations/recreating.ts";

/** The recreate and release functions over the lab's wire, and the engine that runs them. */
export interface Functions {
  engine: LocalEngine;
  /** Starts the request's recreation; answers its execution. */
  begin(requestId?: string): Promise<Execution>;
  /** How the execution ended; fails where that is not by itself. */
  output(execution: Execution): Promise<OperationOutput>;
  /** What Lambda does with an event about an execution. */
  release(event: StatusChangeEvent): Promise<void>;
}

/** Opens the functions as production has them, but for what is `changed`; they end with the test. */
export async function openFunctions(
  lab: TestLab,
  changed: Partial<RecreateDependencies> = {},
  executionTimeoutMs?: number,
): Promise<Functions> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-functions-"));
  const store = await openExecutionStore(folder);
  const engine = new LocalEngine({ store, clock: lab.clock, executionTimeoutMs });
  const guard = { ...connectedTo(lab), isRunning: async (arn: string) => engine.get(arn)?.status === "RUNNING", ...changed };
  engine.register("recreate", createRecreateHandler(guard));
  const release = createReleaseHandler({ ...guard, executions: { read: async (arn) => engine.get(arn) } });
  onTestFinished(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    engine,
    begin: (requestId = REQUEST) => engine.start("recreate", { requestId }),
    async output({ arn }) {
      const { status, result, error } = await engine.done(arn);
      if (status !== "SUCCEEDED" || result === undefined) throw new Error(`The execution is ${status}: ${JSON.stringify(error)}`);
      return JSON.parse(result) as OperationOutput;
    },
    release: (event) => release(event),
  };
}
