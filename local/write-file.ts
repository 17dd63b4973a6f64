import { mkdir, open, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { stateFault } from "./state-file.ts";

/** The suffix of unfinished files; one that is left after a crash can be removed. */
export const UNFINISHED = ".unfinished";

/**
 * Writes a file completely or not at all, and returns once it is on disk; only one caller per path at a time.
 *
 * @throws StateError that says what to do, if it cannot be written
 */
export function writeWhole(path: string, text: string): Promise<void> {
  return written(path, text).catch(stateFault(path));
}

async function written(path: string, text: string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}${UNFINISHED}`);
  const file = await open(unfinished, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  await syncFolder(dirname(path));
}

/** Returns once a folder's entries are on disk; Windows has no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Creates a folder with its parents, unless it is there. Node's own `recursive` never ends where a folder takes none, as in /proc. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return;
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch(async (failure: unknown) => {
      if (!(await isFolder(path))) throw failure;
    });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );
