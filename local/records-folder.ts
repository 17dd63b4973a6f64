import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Records } from "../src/clients/records.ts";
import { type Kept, recordsInMemory } from "./records-memory.ts";
import { writeWhole } from "./write-file.ts";

/**
 * Opens the guard's records in a folder, with one JSON file per item. Only one process may write: the one that holds a lock on the folder.
 *
 * A write resolves once it is on disk. Expired items stay.
 */
export async function openRecordsFolder(folder: string): Promise<Records> {
  await mkdir(folder, { recursive: true });
  const writing = new Map<string, Promise<void>>();
  const items = new Map<string, Kept>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".json")) continue;
    const kept: Kept = JSON.parse(await readFile(join(folder, name), "utf8"));
    items.set(kept.item.key, kept);
  }
  return recordsInMemory(items, (kept) => {
    const path = join(folder, `${encodeURIComponent(kept.item.key)}.json`);
    const written = (writing.get(path) ?? Promise.resolve()).then(() => writeWhole(path, JSON.stringify(kept)));
    writing.set(path, written);
    return written;
  });
}
