import type { Item, OpenItem, Records } from "../src/clients/records.ts";

/** An item as it is kept, and where it stands in the index of open ones. */
export interface Kept {
  item: Item;
  open?: Omit<OpenItem, "key">;
}

/**
 * Makes the guard's records in memory, over the items that `kept` holds by key. Items whose time is over stay.
 *
 * @param keep is told of every write; the write is answered once it has resolved
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

/** What JSON makes of it, which leaves out what is undefined: nobody shares an object with what is kept. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
