import type { Item, Records } from "../clients/records.ts";

/** The same reads, each made once, and none of what is `given`: what a turn is made from besides its record does not change within it. */
export function readingOnce({ read }: Pick<Records, "read">, given: readonly Item[] = []): Pick<Records, "read"> {
  const known = new Map<string, Promise<unknown>>(given.map((item) => [item.key, Promise.resolve(item)]));
  return {
    read<T extends Item>(key: string) {
      const found = known.get(key) ?? read(key);
      known.set(key, found);
      return found as Promise<T | undefined>;
    },
  };
}
