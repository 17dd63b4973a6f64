import type { Item, Numbers, OpenItem, Records } from "../src/clients/records.ts";

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
      return kept.get(key)?.item as T | undefined;
    },
    async write(item, open) {
      if ((kept.get(item.key)?.item.version ?? 0) !== item.version) return false;
      const written = frozenCopyOf({ item: { ...item, version: item.version + 1 }, open });
      kept.set(item.key, written);
      await keep?.(written);
      return true;
    },
    async reserve(key, to, ifAtMost) {
      const { item, open } = kept.get(key) ?? { item: { key, version: 0 } };
      const numbers = item as Item & Partial<Numbers>;
      if (Object.entries(ifAtMost).some(([name, most]) => (numbers[name] ?? most) > most)) return false;
      const written = frozenCopyOf({ item: { ...item, ...to, version: item.version + 1 }, open });
      kept.set(key, written);
      await keep?.(written);
      return true;
    },
    async open({ belowRank, limit } = {}) {
      const all = [...kept.values()].flatMap(({ item: { key }, open }) => (open ? [{ key, ...open }] : []));
      const below = all.filter(({ rank }) => belowRank === undefined || rank < belowRank);
      return below.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, limit);
    },
  };
}

const OWN = new WeakSet<object>();

/**
 * A copy of plain data without what is undefined, as JSON has it. It is frozen, so that all who read it can share it with the store, and
 * what they write again is copied only where it is new.
 */
function frozenCopyOf<T>(value: T): T {
  if (typeof value !== "object" || value === null || OWN.has(value)) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const copy = Array.isArray(value) ? value.map(frozenCopyOf) : Object.fromEntries(entries.map(([key, part]) => [key, frozenCopyOf(part)]));
  OWN.add(Object.freeze(copy));
  return copy as T;
}
