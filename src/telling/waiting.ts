import type { OpenItem, Records } from "../clients/records.ts";
import { SLACK } from "../facts/facts.ts";
import { hintIn } from "../facts/hint.ts";
import { NOTHING_TO_TELL } from "../facts/record.ts";

const STORM_KEY = "storm#";

/** The key of the message about a storm in a channel. */
export const stormKey = (channel: string): string => `${STORM_KEY}${channel}`;

/** True for the message about a storm, which has no turn of its own. */
export const isStormKey = (key: string): boolean => key.startsWith(STORM_KEY);

/** The ranks of what waits, by channel; what is not decided yet waits for the default one. */
function ranksOf({ key, rank, hint }: OpenItem, byDefault: string): [string, string][] {
  if (isStormKey(key)) return [[key.slice(STORM_KEY.length), rank]];
  return Object.entries(hintIn({ hint }).waits ?? {}).map(([channel, it]) => [channel === SLACK ? byDefault : channel, it]);
}

/** The channels that something waits for, by the index. */
export async function channelsWaiting(records: Pick<Records, "open">, byDefault: string): Promise<string[]> {
  const open = await records.open({ belowRank: NOTHING_TO_TELL });
  return [...new Set(open.flatMap((row) => ranksOf(row, byDefault).map(([channel]) => channel)))];
}

/** Of items of the index those that wait for a channel, with their ranks there, the most urgent first. */
export function rowsIn(open: readonly OpenItem[], channel: string, byDefault: string): OpenItem[] {
  const rows = open.flatMap((row) => {
    const [first] = ranksOf(row, byDefault)
      .flatMap(([it, rank]) => (it === channel ? rank : []))
      .sort();
    return first === undefined ? [] : { ...row, rank: first };
  });
  return rows.toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
}

/** What waits for a channel, most urgent first, `limit` at least if there are so many. */
export async function waitingIn(records: Pick<Records, "open">, channel: string, byDefault: string, limit: number): Promise<OpenItem[]> {
  for (let asked = limit; ; asked *= 4) {
    const open = await records.open({ belowRank: NOTHING_TO_TELL, limit: asked });
    const rows = rowsIn(open, channel, byDefault);
    if (rows.length >= limit || open.length < asked) return rows;
  }
}
