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
  /** Who tells what waits, most urgent first. */
  drainBy?: string;
  /** Until when others leave it to them. */
  drainUntil: number;
}

/** What a turn wants to send to a channel at once: a new message or none, and so many changes of others. */
export interface Slots {
  post: boolean;
  updates: number;
}

export const NO_SLOTS: Slots = { post: false, updates: 0 };

/** One run's access to a channel, which has a pace, a lock and a pause of its own. */
export interface Channel {
  /** Slack's id of it. */
  readonly id: string;
  /**
   * Takes the slots, waiting for them if `waits`; false if the channel is busy: others drain it, it takes nothing now, or another turn of
   * this run posts a message that is not marked yet.
   */
  reserve(slots: Slots, waits: boolean): Promise<boolean>;
  /** What was posted is marked, or was not taken. */
  marked(): void;
  /** Until when (milliseconds since 1970) another run, `by`, empties the channel, or Slack takes nothing; undefined if it is free. */
  held(): Promise<{ by?: string; until: number } | undefined>;
  /** Takes over what waits for the channel; false if another run is at it. Whoever drains has every slot. */
  drain(): Promise<boolean>;
  /**
   * Leaves the channel to others; after a refusal of Slack's nobody tries before `afterMs`, an hour at most, and later the more often it
   * refuses. Returns until when, in milliseconds since 1970.
   */
  leave(afterMs?: number): Promise<number | undefined>;
}

// One message per second per channel; chat.update is limited to about 50 per minute. Source: Slack, "Rate limits".
const POST_MS = 1_000;
const UPDATE_MS = 1_200;
/** How long a run is presumed alive after its last write. */
export const ALIVE_MS = 30_000;
/** As long as two changes that went out at once keep the next one waiting. */
const LONGEST_WAIT_MS = 2 * UPDATE_MS;

/** One run's access to all channels, by their ids: in all of them together it has at most one new message that is not marked. */
export function channelsFor(by: string, dependencies: ChannelDependencies): (id: string) => Channel {
  const known = new Map<string, Channel>();
  const posting = { isTaken: false };
  return (id) => {
    const channel = known.get(id) ?? channelFor(id, by, posting, dependencies);
    known.set(id, channel);
    return channel;
  };
}

function channelFor(id: string, by: string, posting: { isTaken: boolean }, dependencies: ChannelDependencies): Channel {
  const { records, time, aliveMs = ALIVE_MS } = dependencies;
  const initial: ChannelItem = { key: `channel#${id}`, version: 0, post: 0, update: 0, notBefore: 0, refusals: 0, drainUntil: 0 };
  let isDraining = false;
  const change = (amend: (item: ChannelItem, now: number) => ChannelItem) =>
    amendItem(records, initial, (it) => {
      const whole = { ...initial, ...it };
      const after = amend(whole, time.now());
      return after === whole ? it : after;
    });
  const mayUse = ({ drainBy, drainUntil, notBefore }: ChannelItem, now: number) =>
    notBefore <= now && (drainBy === by || drainUntil <= now);
  const reserveNow = (slots: Slots) => {
    const now = time.now();
    return records.reserve(initial.key, takenFrom(slots, now), { ...numbersOf(slots, now, now), notBefore: now, drainUntil: now });
  };
  const own = ownSlots();
  const reserve = async (slots: Slots, waits: boolean) => {
    const { post, updates } = slots;
    // Before its own last message is a second old, the channel would only refuse.
    if (waits && !isDraining) await time.until(own.freeAt(slots));
    // Whoever empties it would be refused as the others are.
    if (!isDraining && (await reserveNow(slots))) return own.take(slots, time.now());
    let until = 0;
    let taken = false;
    await change((item, now) => {
      const free = Math.max(now, post ? item.post : 0, updates > 0 ? item.update : 0);
      const isOwn = item.drainBy === by;
      taken = mayUse(item, now) && (waits || isOwn ? free - now <= LONGEST_WAIT_MS || isOwn : free <= now);
      until = free;
      if (!taken) return item;
      const drainUntil = isOwn ? free + aliveMs : item.drainUntil;
      return { ...item, ...(post && { post: free + POST_MS }), ...(updates > 0 && { update: free + UPDATE_MS * updates }), drainUntil };
    });
    if (taken) await time.until(until);
    return taken && own.take(slots, until);
  };
  return {
    id,
    ...onePostAtATime(reserve, posting),
    async held() {
      const item = { ...initial, ...(await records.read<ChannelItem>(initial.key)) };
      const until = Math.max(item.notBefore, item.drainUntil);
      return mayUse(item, time.now()) ? undefined : { by: item.drainBy, until };
    },
    async drain() {
      const { drainBy } = await change((item, now) => (mayUse(item, now) ? { ...item, drainBy: by, drainUntil: now + aliveMs } : item));
      isDraining = drainBy === by;
      return isDraining;
    },
    async leave(afterMs) {
      isDraining = false;
      const { notBefore } = await change((item, now) => leftBy(by, item, now, afterMs));
      return afterMs === undefined ? undefined : notBefore;
    },
  };
}

/** The same, and a run has at most one new message that is not marked, in all its turns and channels. */
function onePostAtATime(reserve: Channel["reserve"], posting: { isTaken: boolean }): Pick<Channel, "reserve" | "marked"> {
  return {
    async reserve(slots, waits) {
      if (!slots.post) return reserve(slots, waits);
      if (posting.isTaken) return false;
      posting.isTaken = true;
      try {
        posting.isTaken = await reserve(slots, waits);
      } catch (error) {
        posting.isTaken = false;
        throw error;
      }
      return posting.isTaken;
    },
    marked() {
      posting.isTaken = false;
    },
  };
}

/** When the slots that one run has taken are free again (milliseconds since 1970); taking one says true. */
function ownSlots() {
  const free = { post: 0, update: 0 };
  return {
    freeAt: ({ post, updates }: Slots): number => Math.max(post ? free.post : 0, updates > 0 ? free.update : 0),
    take(slots: Slots, at: number): true {
      Object.assign(free, takenFrom(slots, at));
      return true;
    },
  };
}

const numbersOf = ({ post, updates }: Slots, postAt: number, updateAt: number) => ({
  ...(post && { post: postAt }),
  ...(updates > 0 && { update: updateAt }),
});

/** When the slots are free again once they are taken at `now`. */
const takenFrom = (slots: Slots, now: number) => numbersOf(slots, now + POST_MS, now + UPDATE_MS * slots.updates);

/** The channel once run `by` has left it; after a refusal it takes nothing for `afterMs` at least. */
function leftBy(by: string, item: ChannelItem, now: number, afterMs: number | undefined): ChannelItem {
  const isOwn = item.drainBy === by;
  const drain = isOwn ? { drainBy: undefined, drainUntil: 0 } : {};
  if (afterMs === undefined) return !isOwn && item.refusals === 0 ? item : { ...item, ...drain, refusals: 0 };
  const refusals = item.refusals + 1;
  const backoff = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(refusals - 1, 10));
  return { ...item, ...drain, refusals, notBefore: now + Math.min(LONGEST_ASKED_MS, Math.max(afterMs, backoff)) };
}

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 5 * 60_000;
/** However long it asks for: a wrong Retry-After must not silence the guard. */
const LONGEST_ASKED_MS = 3_600_000;

/** What using a channel needs from the outside. */
export interface ChannelDependencies {
  records: Records;
  time: Time;
  /** How long a run is presumed alive after its last write, in milliseconds of `time`; 30,000 if omitted. */
  aliveMs?: number;
}
