import { OPERATION_HANDLERS, type RecreateDependencies, type SwitchoverDependencies } from "../src/handlers/operation.ts";
import { createReleaseHandler, type ReleaseDependencies } from "../src/handlers/release.ts";
import { OPERATION_NAMES, type OperationName } from "../src/operations/index.ts";
import type { OperationInput } from "../src/operations/workflow.ts";
import type { Clock } from "./clock.ts";
import { LocalEngine } from "./engine/engine.ts";
import type { Execution } from "./engine/execution.ts";
import { openExecutionStore } from "./engine/store.ts";
import { lambdaContext } from "./queue/lambda-context.ts";

/** The event on the bus that starts an operation. */
export interface Requested extends OperationInput {
  operation: OperationName;
}

/** The durable functions on one machine, with what is under way kept on disk. */
export interface LocalOperations {
  /** Starts an operation, as EventBridge does for an event on the bus; returns its execution's ARN. */
  begin(requested: Requested): Promise<string>;
  /** Whether the execution may still change something. */
  isRunning(execution: string): boolean;
  /** Resolves once the execution has ended. */
  done(execution: string): Promise<Execution>;
  /** Halts all executions and releases the folder. */
  close(): Promise<void>;
}

/** What the durable functions need, except what the engine itself provides. */
export type LocalOperationsDependencies = Omit<
  RecreateDependencies & SwitchoverDependencies & ReleaseDependencies,
  "executions" | "isRunning"
>;

/**
 * Opens the engine on a folder and resumes what an earlier process left there; a checkpoint that cannot be written does what `onFault` does.
 *
 * @throws FolderInUseError if another process has it open; StateError if it cannot be used.
 */
export async function openLocalOperations(
  folder: string,
  clock: Clock,
  dependencies: LocalOperationsDependencies,
  onFault?: (error: Error) => Promise<never>,
): Promise<LocalOperations> {
  const store = await openExecutionStore(folder, onFault);
  const { log } = dependencies.telemetry;
  const engine = new LocalEngine({
    store,
    clock,
    onFault: (error) => log.error(error instanceof Error ? error.message : String(error), {}),
  });
  const isRunning = (arn: string) => engine.get(arn)?.status === "RUNNING";
  const operating = { ...dependencies, isRunning: async (arn: string) => isRunning(arn) };
  for (const name of OPERATION_NAMES) engine.register(name, OPERATION_HANDLERS[name](operating));
  const release = createReleaseHandler({ ...dependencies, executions: { read: async (arn) => engine.get(arn) } });
  engine.onStatus(({ arn, status }) => {
    if (status === "RUNNING" || status === "SUCCEEDED") return;
    const context = lambdaContext({ name: "bluegreen-guard-release", timeoutSeconds: 60, now: Date.now });
    void clock
      .work(() => release({ detail: { durableExecutionArn: arn, status } }, context))
      .catch((error: Error) => log.error(error.message, {}));
  });
  await engine.recover();
  return {
    begin: async ({ operation, requestId }) => (await engine.start(operation, { requestId })).arn,
    isRunning,
    done: (arn) => engine.done(arn),
    close: () => engine.close(),
  };
}
