import type { Item, Records } from "../clients/records.ts";
import type { Time } from "../clients/time.ts";
import { amendItem } from "../operations/amend-item.ts";

/** When a channel takes its next messages, in milliseconds since 1970, and who empties what waits for it. */
interface ChannelItem extends Item {
  /** When the next message may be posted. */
  post: number;
  /** When the next one may be updated. */
  update: number;
  /** Slack takes nothing before. */
  notBefore: number;
  /** How often in a row it took nothing. */
  refusals: number;
  /** Who tells what waits, most urgent first, and until when others leave it to them. */
  drain?: { by: string; until: number };
}

/** What a turn wants to send to a channel at once. */
export interface Slots {
  post: boolean;
  update: boolean;
}

/** One run's access to a channel. */
export interface Channel {
  /** Takes the slots, waiting for them if `waits`; false if the channel is busy: others drain it, or it takes nothing now. */
  reserve(slots: Slots, waits: boolean): Promise<boolean>;
  /** False if another run empties the channel, or Slack takes nothing now. */
  isFree(): Promise<boolean>;
  /** Takes over what waits for the channel; false if another run is at it. Whoever drains has every slot. */
  drain(): Promise<boolean>;
  /**
   * Leaves the channel to others; after a refusal of Slack's nobody tries before `afterMs`, and later the more often it refuses. Returns
   * until when, in milliseconds since 1970.
   */
  leave(afterMs?: number): Promise<number | undefined>;
}

// One message per second per channel; chat.update is limited to about 50 per minute. Source: Slack, "Rate limits".
const POST_MS = 1_000;
const UPDATE_MS = 1_200;
/** How long a run is presumed alive after its last write. */
export const ALIVE_MS = 30_000;
const LONGEST_WAIT_MS = 2_000;

/** One run's access to the channel called `channel`. */
export function channelFor(channel: string, by: string, { records, time, aliveMs = ALIVE_MS }: ChannelDependencies): Channel {
  const initial: ChannelItem = { key: `channel#${channel}`, version: 0, post: 0, update: 0, notBefore: 0, refusals: 0 };
  const change = (amend: (item: ChannelItem, now: number) => ChannelItem) => amendItem(records, initial, (it) => amend(it, time.now()));
  const mayUse = ({ drain, notBefore }: ChannelItem, now: number) =>
    notBefore <= now && (drain === undefined || drain.by === by || drain.until <= now);
  return {
    async reserve({ post, update }, waits) {
      let until = 0;
      let taken = false;
      await change((item, now) => {
        const free = Math.max(now, post ? item.post : 0, update ? item.update : 0);
        const isOwn = item.drain?.by === by;
        taken = mayUse(item, now) && (waits || isOwn ? free - now <= LONGEST_WAIT_MS || isOwn : free <= now);
        until = free;
        if (!taken) return item;
        const drain = isOwn ? { by, until: free + aliveMs } : item.drain;
        return { ...item, ...(post && { post: free + POST_MS }), ...(update && { update: free + UPDATE_MS }), drain };
      });
      if (taken) await time.until(until);
      return taken;
    },
    async isFree() {
      return mayUse((await records.read<ChannelItem>(initial.key)) ?? initial, time.now());
    },
    async drain() {
      const { drain } = await change((item, now) => (mayUse(item, now) ? { ...item, drain: { by, until: now + aliveMs } } : item));
      return drain?.by === by;
    },
    async leave(afterMs) {
      const { notBefore } = await change((item, now) => {
        const drain = item.drain?.by === by ? undefined : item.drain;
        if (afterMs === undefined) return drain === item.drain && item.refusals === 0 ? item : { ...item, drain, refusals: 0 };
        const refusals = item.refusals + 1;
        const backoff = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(refusals - 1, 10));
        return { ...item, drain, refusals, notBefore: now + Math.max(afterMs, backoff) };
      });
      return afterMs === undefined ? undefined : notBefore;
    },
  };
}

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 5 * 60_000;

/** What using a channel needs from the outside. */
export interface ChannelDependencies {
  records: Records;
  time: Time;
  /** How long a run is presumed alive after its last write, in milliseconds of `time`; 30,000 if omitted. */
  aliveMs?: number;
}
