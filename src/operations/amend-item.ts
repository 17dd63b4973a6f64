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
