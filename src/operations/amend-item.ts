import type { Item, OpenItem, Records } from "../clients/records.ts";

const MOST_ATTEMPTS = 50;

/**
 * Changes an item, starting over from what is stored whenever somebody else has written in between; `change` may run several times.
 *
 * Returns the item as now stored; writes nothing if `change` returns its argument.
 *
 * `openOf` says where it stands in the index, and `before` does what has to be done before it is written.
 *
 * @throws Error after 50 lost races, which means that something writes endlessly; and what `change` and `before` throw, with nothing written.
 */
export async function amendItem<T extends Item>(
  records: Pick<Records, "read" | "write">,
  initial: T,
  change: (item: T) => T,
  openOf?: (item: T) => Omit<OpenItem, "key"> | undefined,
  before?: (item: T, stored: T) => Promise<void>,
): Promise<T> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const stored = (await records.read<T>(initial.key)) ?? initial;
    const changed = change(stored);
    if (changed === stored) return stored;
    await before?.(changed, stored);
    if (await records.write(changed, openOf?.(changed))) return { ...changed, version: stored.version + 1 };
  }
  throw new Error(`The record ${initial.key} was written by others ${MOST_ATTEMPTS} times in a row. It is tried again.`);
}

/** What a process wrote last, by its records and the item's key. */
const WRITTEN = new WeakMap<object, Map<string, Item>>();
const MOST_KEPT = 100;

/**
 * The same for an item that this process alone writes nearly always: begins with what it wrote last, instead of reading that. Its write
 * fails if anybody has written since, and what is not written is read all the same.
 */
export async function amendOwn<T extends Item>(
  records: Pick<Records, "read" | "write">,
  initial: T,
  change: (item: T) => T,
  openOf?: (item: T) => Omit<OpenItem, "key"> | undefined,
): Promise<T> {
  const written = WRITTEN.get(records) ?? new Map<string, Item>();
  WRITTEN.set(records, written);
  const own = written.get(initial.key) as T | undefined;
  written.delete(initial.key);
  const amended = (own && (await again(own))) ?? (await amendItem(records, initial, change, openOf));
  if (written.size >= MOST_KEPT) written.clear();
  if (amended.version > initial.version) written.set(initial.key, amended);
  return amended;

  async function again(before: T): Promise<T | undefined> {
    const changed = changedOrNot(before, change);
    if (changed === before || !(await records.write(changed, openOf?.(changed)))) return undefined;
    return { ...changed, version: before.version + 1 };
  }
}

/** What `change` refuses of an old version, it may allow of the one that is stored. */
function changedOrNot<T>(item: T, change: (item: T) => T): T {
  try {
    return change(item);
  } catch {
    return item;
  }
}
