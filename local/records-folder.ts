import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Item, OpenItem, Records } from "../src/clients/records.ts";
import { writeWhole } from "./write-file.ts";

/**
 * Opens the guard's records in a folder with one JSON file an item, for one process that writes: it holds a lock of the folder.
 *
 * A write is on the disk before it is answered. Items whose time is over stay.
 */
export async function openRecordsFolder(folder: string): Promise<Records> {
  await mkdir(folder, { recursive: true });
  const writing = new Map<string, Promise<void>>();
  const items = new Map<string, { item: Item; open?: Omit<OpenItem, "key"> }>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".json")) continue;
    const kept = JSON.parse(await readFile(join(folder, name), "utf8"));
    items.set(kept.item.key, kept);
  }
  return {
    async read<T extends Item>(key: string) {
      return structuredClone(items.get(key)?.item) as T | undefined;
    },
    async write(item, open) {
      if ((items.get(item.key)?.item.version ?? 0) !== item.version) return false;
      const kept = JSON.parse(JSON.stringify({ item: { ...item, version: item.version + 1 }, open }));
      items.set(item.key, kept);
      const path = join(folder, `${encodeURIComponent(item.key)}.json`);
      const written = (writing.get(path) ?? Promise.resolve()).then(() => writeWhole(path, JSON.stringify(kept)));
      writing.set(path, written);
      await written;
      return true;
    },
    async open({ belowRank, limit } = {}) {
      const all = [...items.values()].flatMap(({ item: { key }, open }) => (open ? [{ key, rank: open.rank }] : []));
      const below = all.filter(({ rank }) => belowRank === undefined || rank < belowRank);
      return below.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, limit);
    },
  };
}
