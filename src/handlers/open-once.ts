import type { OpenItem, Records } from "../clients/records.ts";

/**
 * The same records, whose open items are listed once until this run changes one of them, and anew each time from then on: a sweep has many
 * questions about them, and who empties a channel has to see what others leave.
 */
export function openOnce(records: Records): Records {
  let listed: Promise<OpenItem[]> | undefined;
  let isChanged = false;
  return {
    ...records,
    async write(item, open) {
      const isListed = open !== undefined || (await listed?.catch(() => []))?.some(({ key }) => key === item.key);
      isChanged ||= isListed ?? false;
      return records.write(item, open);
    },
    async open({ belowRank, limit } = {}) {
      if (isChanged || (belowRank !== undefined && listed === undefined)) return records.open({ belowRank, limit });
      listed ??= records.open().catch((error: unknown) => {
        // What failed for one question is asked again for the next.
        listed = undefined;
        throw error;
      });
      const all = await listed;
      return all.filter(({ rank }) => belowRank === undefined || rank < belowRank).slice(0, limit);
    },
  };
}
