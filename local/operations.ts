import { type Executions, executionsFrom, runningIn } from "../src/clients/executions.ts";
import type { Records } from "../src/clients/records.ts";
import { OPERATION_HANDLERS, type RecreateDependencies, type SwitchoverDependencies } from "../src/handlers/operation.ts";
import { createReleaseHandler, type ReleaseDependencies } from "../src/handlers/release.ts";
import { withDurableSelfTest } from "../src/handlers/self-test/durable.ts";
import type { SelfTestEvent } from "../src/handlers/self-test/event.ts";
import type { SelfTestPorts } from "../src/handlers/self-test/self-test.ts";
import { OPERATION_NAMES, type OperationName } from "../src/operations/index.ts";
import { settleAll } from "../src/operations/settle.ts";
import type { OperationInput } from "../src/operations/workflow.ts";
import { createOperationTeller } from "../src/telling/tell-operation.ts";
import type { Clock } from "./clock.ts";
import { LocalEngine } from "./engine/engine.ts";
import type { Execution } from "./engine/execution.ts";
import { openExecutionStore } from "./engine/store.ts";

/** The event on the bus that starts an operation. */
export interface Requested extends OperationInput {
  operation: OperationName;
}

/** The durable functions on one machine, with what is under way kept on disk. */
export interface LocalOperations {
  /** Starts an operation, as EventBridge does for an event on the bus; returns its execution's ARN. */
  begin(requested: Requested): Promise<string>;
  /** Starts the self-test of a durable function, as a person does; returns its execution's ARN. */
  selfTest(operation: OperationName, event: SelfTestEvent): Promise<string>;
  /** The executions, as Lambda would be asked for them. */
  executions: Executions;
  /** Whether an execution may still change something. */
  isRunning(execution: string): Promise<boolean>;
  /** Ends what dead executions left open or claimed. @throws the first error of what could not be ended. */
  settle(): Promise<void>;
  /** Resolves once the execution has ended. */
  done(execution: string): Promise<Execution>;
  /** Halts all executions and releases the folder. */
  close(): Promise<void>;
}

/** What the durable functions need, except what the engine itself provides. */
export type LocalOperationsDependencies = Omit<
  RecreateDependencies & SwitchoverDependencies & ReleaseDependencies,
  "executions" | "isRunning"
> & {
  records: Records;
  /** What the functions test themselves with; they do not if left out. */
  selfTests?: SelfTestPorts;
};

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
  const executions = executionsFrom({
    read: async (arn) => engine.get(arn),
    stop: (arn) => engine.stop(arn),
    wake: (callback) => engine.wake(callback),
  });
  const isRunning = runningIn(executions);
  const operating = { ...dependencies, executions, isRunning };
  const { selfTests } = dependencies;
  for (const name of OPERATION_NAMES) {
    const handler = OPERATION_HANDLERS[name](operating);
    if (selfTests) engine.register(name, withDurableSelfTest(name, { ...selfTests, executions }, handler));
    else engine.register(name, handler);
  }
  const release = createReleaseHandler({ ...dependencies, executions });
  engine.onStatus(({ arn, status }) => {
    if (status === "RUNNING" || status === "SUCCEEDED") return;
    const [functionArn] = arn.split("/");
    void clock
      .work(() => release({ detail: { durableExecutionArn: arn, functionArn, status } }))
      .catch((error: Error) => log.error(error.message, {}));
  });
  const tell = createOperationTeller(dependencies);
  const settle = async () => {
    const [failure] = await settleAll({ ...dependencies, executions, now: () => clock.now(), tell });
    if (failure !== undefined) throw failure;
  };
  await engine.recover();
  // A process may have been killed between the end of an execution and what follows from it.
  await clock.work(settle).catch((error: Error) => log.error(error.message, {}));
  return {
    begin: async ({ operation, requestId }) => (await engine.start(operation, { requestId })).arn,
    selfTest: async (operation, event) => (await engine.start(operation, event)).arn,
    executions,
    isRunning,
    settle: () => clock.work(settle),
    done: (arn) => engine.done(arn),
    close: () => engine.close(),
  };
}
