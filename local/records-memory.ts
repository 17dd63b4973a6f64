import type { Item, OpenItem, Records } from "../src/clients/records.ts";

/** A stored item, and its entry in the index of open items. */
export interface Kept {
  item: Item;
  open?: Omit<OpenItem, "key">;
}

/**
 * Creates the guard's records in memory, on top of the items in `kept`, by key. Expired items stay.
 *
 * @param keep is called for every write, which resolves after it does
 */
export function recordsInMemory(kept = new Map<string, Kept>(), keep?: (kept: Kept) => Promise<void>): Records {
  return {
    async read<T extends Item>(key: string) {
      const item = kept.get(key)?.item;
      return item && (copyOf(item) as T);
    },
    async write(item, open) {
      if ((kept.get(item.key)?.item.version ?? 0) !== item.version) return false;
      const written = copyOf({ item: { ...item, version: item.version + 1 }, open });
      kept.set(item.key, written);
      await keep?.(written);
      return true;
    },
    async open({ belowRank, limit } = {}) {
      const all = [...kept.values()].flatMap(({ item: { key }, open }) => (open ? [{ key, rank: open.rank }] : []));
      const below = all.filter(({ rank }) => belowRank === undefined || rank < belowRank);
      return below.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, limit);
    },
  };
}

/** A copy through JSON, which drops what is undefined, so that no caller shares an object with the store. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
