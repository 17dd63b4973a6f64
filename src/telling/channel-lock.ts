import type { Item, Records } from "../clients/records.ts";
import type { Time } from "../clients/time.ts";
import { amendItem } from "../operations/amend-item.ts";

/** Who tells Slack now, and when the next message may go out. */
interface ChannelItem extends Item {
  holder?: string;
  /** Until when the holder is believed to live. */
  until: number;
  /** When the next message may be sent: by the pace, or because Slack asked to wait. */
  nextAt: number;
}

/** One run's lock on a channel: nobody else posts to it meanwhile. */
export interface ChannelLock {
  /** Waits for the moment at which the next message may go out, and keeps the one after it `ms` away. @throws Error where another run took over. */
  slot(ms: number): Promise<void>;
  /** Lets go; nobody tries again before `waitSeconds` are over. */
  release(waitSeconds?: number): Promise<void>;
}

/**
 * Locks the channel, so that messages go out one after the other at Slack's pace, most urgent first; nothing where another run
 * holds it, or where Slack has asked to wait.
 */
export async function lockChannel(
  channel: string,
  by: string,
  { records, time, channelLockMs }: ChannelDependencies,
): Promise<ChannelLock | undefined> {
  const initial: ChannelItem = { key: `channel#${channel}`, version: 0, until: 0, nextAt: 0 };
  const longestPause = 2_000;
  let item = await amendItem(records, initial, (it) => {
    const now = time.now();
    const locked = it.holder !== undefined && it.until > now;
    return locked || it.nextAt > now + longestPause ? it : { ...it, holder: by, until: now + channelLockMs };
  });
  if (item.holder !== by) return undefined;

  async function write(change: Partial<ChannelItem>): Promise<boolean> {
    const changed = { ...item, ...change };
    const written = await records.write(changed);
    item = { ...changed, version: item.version + 1 };
    return written;
  }

  return {
    async slot(ms) {
      await time.until(item.nextAt);
      const now = time.now();
      const written = await write({ until: now + channelLockMs, nextAt: now + ms });
      if (!written) throw new Error("Another run has taken over the channel, since this one took too long. It is tried again.");
    },
    async release(waitSeconds = 0) {
      await write({ holder: undefined, until: 0, nextAt: Math.max(item.nextAt, time.now() + waitSeconds * 1_000) });
    },
  };
}

/** What locking a channel needs. */
export interface ChannelDependencies {
  records: Records;
  time: Time;
  /** How long a holder who does not write is believed to live; longer than what lies between two messages may take. */
  channelLockMs: number;
}
