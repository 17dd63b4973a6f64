import { VirtualClock } from "../../../../local/clock.ts";
import type { Execution } from "../../../../local/engine/execution.ts";
import type { ExecutionStore } from "../../../../local/engine/store.ts";
import { openEngine, START, temporaryFolder, type Workflow } from "../../../support/local/engine.ts";

/** Where a process dies: before or after one of its writes to the disk, counted from 0. */
export interface Crash {
  save: number;
  when: "before" | "after";
}

/** Runs a workflow in processes that die, one after the other, until one lives; `effects` outlive them. */
export async function runThrough(crashes: readonly Crash[], workflow: Workflow): Promise<{ execution: Execution; crashed: number }> {
  const folder = await temporaryFolder();
  let now = START;
  let crashed = 0;
  for (const crash of [...crashes, undefined]) {
    const clock = new VirtualClock(now);
    let die: () => void = () => undefined;
    const died = new Promise<undefined>((resolve) => {
      die = () => resolve(undefined);
    });
    let opened: ExecutionStore | undefined;
    const { engine } = await openEngine(workflow, {
      folder,
      clock,
      within(store) {
        opened = store;
        return dyingAt(crash, store, die);
      },
    });
    await engine.recover();
    const ended = engine.start("work", {}, "one").then(({ arn }) => engine.done(arn));
    const execution = await Promise.race([ended, died]);
    if (execution) return { execution, crashed };
    crashed += 1;
    now = clock.now();
    clock.stop();
    await opened?.close();
  }
  throw new Error("The last process cannot die.");
}

/** A store whose process dies at a write: nothing that it waits for comes back. */
function dyingAt(crash: Crash | undefined, store: ExecutionStore, die: () => void): ExecutionStore {
  let saves = 0;
  let dead = false;
  const forEver = new Promise<void>(() => undefined);
  return {
    ...store,
    async save(execution) {
      const dies = !dead && crash?.save === saves;
      saves += 1;
      if (dead) return forEver;
      if (dies) dead = true;
      if (!dies || crash?.when === "after") await store.save(execution);
      if (!dies) return undefined;
      die();
      return forEver;
    },
  };
}
