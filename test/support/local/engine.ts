import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import { onTestFinished } from "vitest";
import { VirtualClock } from "../../../local/clock.ts";
import { LocalEngine } from "../../../local/engine/engine.ts";
import type { Execution } from "../../../local/engine/execution.ts";
import { type ExecutionStore, openExecutionStore } from "../../../local/engine/store.ts";

export const START = Date.parse("2024-02-05T06:00:00Z");

/** A folder that ends with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-engine-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A workflow under test. */
export type Workflow = DurableExecutionHandler<{ [key: string]: unknown }, unknown>;

/** An engine over a folder, on a clock that jumps. */
export interface TestEngine {
  engine: LocalEngine;
  clock: VirtualClock;
  faults: unknown[];
  /** Starts the workflow and waits for its end. */
  run(name?: string, input?: object): Promise<Execution>;
}

/** Opens an engine with the workflow `work`; `within` may stand between it and its store. */
export async function openEngine(
  work: Workflow,
  { folder, clock = new VirtualClock(START), within = (store) => store }: EngineSetting = {},
): Promise<TestEngine> {
  const store = within(await openExecutionStore(folder ?? (await temporaryFolder())));
  const faults: unknown[] = [];
  const engine = new LocalEngine({ store, clock, onFault: (error) => void faults.push(error) }).register("work", work);
  onTestFinished(() => engine.close());
  const run = async (name = "one", input = {}) => engine.done((await engine.start("work", input, name)).arn);
  return { engine, clock, faults, run };
}

/** Where a test's engine works. */
export interface EngineSetting {
  folder?: string;
  clock?: VirtualClock;
  within?(store: ExecutionStore): ExecutionStore;
}

/** The result of an execution that went well. */
export function resultOf({ status, result = "null", error }: Execution): unknown {
  if (status !== "SUCCEEDED") throw new Error(`The execution is ${status}: ${JSON.stringify(error)}`);
  return JSON.parse(result);
}
