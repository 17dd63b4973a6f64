import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Item, Records } from "../src/clients/records.ts";
import { type Kept, recordsInMemory } from "./records-memory.ts";
import { FORM, readState, stateFault } from "./state-file.ts";
import { makeFolder, writeWhole } from "./write-file.ts";

/**
 * Opens the guard's records in a folder, with one JSON file per item. Only one process may write: the one that holds a lock on the folder.
 *
 * A write resolves once it is on disk; if that fails, it does what `onFault` does with the StateError. Expired items stay.
 *
 * @throws StateError if the folder or a file in it cannot be used
 */
export async function openRecordsFolder(folder: string, onFault?: (error: Error) => Promise<never>): Promise<Records> {
  await makeFolder(folder).catch(stateFault(folder));
  const writing = new Map<string, Promise<void>>();
  const items = new Map<string, Kept>();
  for (const name of await readdir(folder).catch(stateFault(folder))) {
    if (!name.endsWith(".json") || name.startsWith(".")) continue;
    const kept = await readState<Kept>(join(folder, name), (value) => isKept(value, name));
    items.set(kept.item.key, kept);
  }
  return recordsInMemory(items, (kept) => {
    const path = join(folder, nameOf(kept.item.key));
    const written = (writing.get(path) ?? Promise.resolve()).then(() => writeWhole(path, JSON.stringify({ form: FORM, ...kept })));
    writing.set(path, written);
    return written.catch(onFault);
  });
}

const nameOf = (key: string): string => `${encodeURIComponent(key)}.json`;

/** A file under another name than its item's is a copy of it, which must not take its place. */
function isKept(value: object, name: string): boolean {
  const { key, version } = { ...("item" in value && (value.item as Partial<Item> | null)) };
  return typeof key === "string" && typeof version === "number" && nameOf(key) === name;
}
