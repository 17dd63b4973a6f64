import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { stateFault } from "../../state-file.ts";
import { makeFolder, writeWhole } from "../../write-file.ts";

/** Names the operation to stop and the person who wants it stopped, for the process that runs it. */
export interface StopWish {
  requestId: string;
  by: string;
}

const LOOK_EVERY_MS = 100;
const folderIn = (state: string): string => join(state, "stop");

/**
 * Leaves the wish for the process that works in the state folder; true once that process has taken it.
 *
 * False if it has not done so within `withinMs` milliseconds; the wish is then withdrawn.
 */
export async function wishToStop(state: string, wish: StopWish, withinMs: number): Promise<boolean> {
  await makeFolder(folderIn(state)).catch(stateFault(folderIn(state)));
  const path = join(folderIn(state), `${wish.requestId}.json`);
  await writeWhole(path, JSON.stringify(wish));
  for (const until = Date.now() + withinMs; Date.now() < until; await setTimeout(LOOK_EVERY_MS)) if (!existsSync(path)) return true;
  await rm(path, { force: true });
  return false;
}

/** Undefined if it is no wish: whoever left it hears that nobody took it. */
function wishIn(text: string): StopWish | undefined {
  try {
    const { requestId, by } = { ...(JSON.parse(text) as Partial<StopWish>) };
    return typeof requestId === "string" && typeof by === "string" ? { requestId, by } : undefined;
  } catch {
    return undefined;
  }
}

/** What others want stopped; `taken` removes a wish once it is dealt with. */
export async function stopWishes(state: string): Promise<{ wish: StopWish; taken(): Promise<void> }[]> {
  const names = await readdir(folderIn(state)).catch(() => []);
  const paths = names.filter((name) => name.endsWith(".json") && !name.startsWith(".")).map((name) => join(folderIn(state), name));
  const found = await Promise.all(
    paths.map(async (path) => {
      // The process that left it may withdraw it in between.
      const text = await readFile(path, "utf8").catch(() => undefined);
      const wish = text === undefined ? undefined : wishIn(text);
      return wish === undefined ? [] : [{ wish, taken: () => rm(path, { force: true }) }];
    }),
  );
  return found.flat();
}
