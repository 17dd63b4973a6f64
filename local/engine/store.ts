import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Executions, executionsFrom } from "../../src/clients/executions.ts";
import { UNFINISHED, writeWhole } from "../write-file.ts";
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
  });
}

/**
 * Opens a folder with one JSON file per execution, and creates it if it is missing. @throws FolderInUseError if another process has it
 * open.
 */
export async function openExecutionStore(folder: string): Promise<ExecutionStore> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  const saving = new Map<string, Promise<void>>();
  return {
    async load() {
      const names = await readdir(folder);
      await Promise.all(names.filter((name) => name.endsWith(UNFINISHED)).map((name) => rm(join(folder, name), { force: true })));
      const files = names.filter((name) => name.endsWith(".json"));
      const executions = await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as Execution));
      return executions.sort((a, b) => a.startedAt - b.startedAt);
    },
    save(execution) {
      const path = join(folder, `${execution.workflow}.${execution.name}.json`);
      const text = JSON.stringify(execution);
      const saved = (saving.get(path) ?? Promise.resolve()).catch(() => undefined).then(() => writeWhole(path, text));
      saving.set(path, saved);
      return saved;
    },
    async close() {
      await Promise.allSettled(saving.values());
      await lock.release();
    },
  };
}
