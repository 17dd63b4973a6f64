import { open, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What unfinished files end with; whoever finds one after a crash may remove it. */
export const UNFINISHED = ".unfinished";

/** Writes a file whole or not at all, and returns once it is on the disk; one caller a path at a time. */
export async function writeWhole(path: string, text: string): Promise<void> {
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

/** Returns once the names in a folder are on the disk; Windows has no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
