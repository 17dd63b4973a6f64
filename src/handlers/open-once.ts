import type { OpenItem, Records } from "../clients/records.ts";

/** The same records, whose open items are listed once until one of them changes by this run: a sweep has many questions about them. */
export function openOnce(records: Records): Records {
  let listed: Promise<OpenItem[]> | undefined;
  return {
    ...records,
    async write(item, open) {
      const isListed = open !== undefined || (await listed?.catch(() => []))?.some(({ key }) => key === item.key);
      if (isListed) listed = undefined;
      return records.write(item, open);
    },
    async open({ belowRank, limit } = {}) {
      if (belowRank !== undefined && listed === undefined) return records.open({ belowRank, limit });
      listed ??= records.open();
      const all = await listed;
      return all.filter(({ rank }) => belowRank === undefined || rank < belowRank).slice(0, limit);
    },
  };
}
