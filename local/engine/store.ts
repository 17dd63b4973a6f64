import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Executions, executionsFrom } from "../../src/clients/executions.ts";
import { FORM, readState, stateFault } from "../state-file.ts";
import { makeFolder, UNFINISHED, writeWhole } from "../write-file.ts";
import type { Execution } from "./execution.ts";
import { lockFolder } from "./folder-lock.ts";

/** A store in which executions outlive the process. */
export interface ExecutionStore {
  /** All executions, in the order they started. */
  load(): Promise<Execution[]>;
  /** Resolves once the execution, as it is now, is on disk; later calls for the same one wait for earlier ones. */
  save(execution: Execution): Promise<void>;
  close(): Promise<void>;
}

/** The executions as a folder holds them, while no engine works on it. */
export function storedExecutions(folder: string): Executions {
  return executionsFrom({
    async read(arn) {
      const store = await openExecutionStore(folder);
      const found = (await store.load()).find((it) => it.arn === arn);
      await store.close();
      return found;
    },
    stop: async () => undefined,
    wake: async () => false,
  });
}

/**
 * Opens a folder with one JSON file per execution, and creates it if it is missing; a save that fails does what `onFault` does with the
 * StateError.
 *
 * @throws FolderInUseError if another process has it open; StateError if the folder or, on loading, a file in it cannot be used.
 */
export async function openExecutionStore(folder: string, onFault?: (error: Error) => Promise<never>): Promise<ExecutionStore> {
  await makeFolder(folder).catch(stateFault(folder));
  const lock = await lockFolder(folder);
  const saving = new Map<string, Promise<void>>();
  return {
    async load() {
      const names = await readdir(folder);
      await Promise.all(names.filter((name) => name.endsWith(UNFINISHED)).map((name) => rm(join(folder, name), { force: true })));
      const files = names.filter((name) => name.endsWith(".json") && !name.startsWith("."));
      const read = (name: string) => readState<Execution>(join(folder, name), (value) => isExecution(value, name));
      const executions = await Promise.all(files.map(read));
      return executions.sort((a, b) => a.startedAt - b.startedAt);
    },
    save(execution) {
      const path = join(folder, nameOf(execution));
      const text = JSON.stringify({ form: FORM, ...execution });
      const saved = (saving.get(path) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => writeWhole(path, text))
        .catch(onFault);
      saving.set(path, saved);
      return saved;
    },
    async close() {
      await Promise.allSettled(saving.values());
      await lock.release();
    },
  };
}

const nameOf = ({ workflow, name }: Pick<Execution, "workflow" | "name">): string => `${workflow}.${name}.json`;

function isExecution(value: object, file: string): boolean {
  const { arn, workflow, name, status, input, operations, timers } = value as Partial<Execution>;
  const texts = [arn, status, input].every((it) => typeof it === "string");
  return texts && Array.isArray(operations) && Array.isArray(timers) && nameOf({ workflow: workflow ?? "", name: name ?? "" }) === file;
}
