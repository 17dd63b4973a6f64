import type { Item, Records } from "../../../src/clients/records.ts";
import type { Posted, Slack } from "../../../src/clients/slack/slack.ts";
import { utc as isoUtc } from "../../../src/deployments/time-words.ts";
import { context, message, section } from "../../../src/messages/slack/message.ts";
import { plain } from "../../../src/messages/slack/mrkdwn.ts";
import { amendItem } from "../../../src/operations/amend-item.ts";
import { awsAdvice } from "../aws-advice.ts";

/** Since when no look has seen the deployments, and where the channel was told so. */
interface BlindItem extends Item {
  /** Milliseconds since 1970; absent while they are seen. */
  since?: number;
  at?: Posted;
}

/** What saying so needs. */
export interface BlindnessOptions {
  records: Pick<Records, "read" | "write">;
  slack: Pick<Slack, "post" | "update">;
  /** The name of this computer. */
  machine: string;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A sign-in that ends, or a network that is gone, is often back at the next look. */
const SAID_AFTER_MS = 10 * 60_000;
const FIRST: BlindItem = { key: "blind", version: 0 };

/**
 * Has the channel hear of looks that do not see the deployments: cards that stand still would pass for good news. It is said once, after ten
 * minutes, and the same message says when they are seen again.
 */
export function createBlindness({ records, slack, machine, now }: BlindnessOptions) {
  const who = `The watch on ${plain(machine, 90)}`;
  const read = async () => (await records.read<BlindItem>(FIRST.key)) ?? FIRST;
  const keep = (since?: number, at?: Posted) => amendItem(records, FIRST, (it) => ({ ...it, since, at }));
  return {
    /** A look has seen them. @throws SlackError */
    async seen(): Promise<void> {
      const { since, at } = await read();
      if (since === undefined) return;
      const title = `${who} sees the deployments again`;
      const text = `It did not from ${utc(since)} to ${utc(now())}. What happened meanwhile is told, as far as RDS still lists it.`;
      if (at) await slack.update(at, message("info", title, section(`*${title}*`), [context(text)]));
      await keep();
    },
    /** A look has not, because of `error`. @throws SlackError */
    async unseen(error: unknown): Promise<void> {
      const { since, at } = await read();
      if (since === undefined) return void (await keep(now()));
      if (at || now() - since < SAID_AFTER_MS) return;
      const title = `${who} has seen no deployment since ${utc(since)}: its cards stand still`;
      const why = awsAdvice(error) ?? (error instanceof Error ? error.message : String(error));
      const body = [section(plain(why, 500)), context("It tries again at each look. This message changes once it sees them again.")];
      await keep(since, await slack.post(message("warning", title, section(`*${title}*`), body)));
    },
  };
}

const utc = (at: number): string => isoUtc(new Date(at).toISOString());
