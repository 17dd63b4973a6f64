import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../../queue/write-file.ts";

/** Who wants which operation stopped, for the process that does it. */
export interface StopWish {
  requestId?: string;
  /** Name or id of the deployment. */
  target: string;
  by: string;
}

const folderIn = (state: string): string => join(state, "stop");

/** Leaves the wish for the process that works in the state folder; answers the path of what it will take away. */
export async function leaveStopWish(state: string, wish: StopWish): Promise<string> {
  await mkdir(folderIn(state), { recursive: true });
  const path = join(folderIn(state), `${encodeURIComponent(wish.target)}.json`);
  await writeWhole(path, JSON.stringify(wish));
  return path;
}

/** What others want stopped; `taken` takes a wish away once it is dealt with. */
export async function stopWishes(state: string): Promise<{ wish: StopWish; taken(): Promise<void> }[]> {
  const names = await readdir(folderIn(state)).catch(() => []);
  const found = names.filter((name) => name.endsWith(".json") && !name.startsWith("."));
  return Promise.all(
    found.map(async (name) => {
      const path = join(folderIn(state), name);
      return { wish: JSON.parse(await readFile(path, "utf8")) as StopWish, taken: () => rm(path, { force: true }) };
    }),
  );
}
