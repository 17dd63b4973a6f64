import type { Item, Records } from "../../../src/clients/records.ts";
import type { Posted, Slack } from "../../../src/clients/slack/slack.ts";
import type { Form } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inNotification, slackForm } from "../../../src/messages/slack/form.ts";
import { context, message, section } from "../../../src/messages/slack/message.ts";
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
  /** How its messages are written; as Slack's mrkdwn if omitted. */
  form?: Form;
}

/** A sign-in that ends, or a network that is gone, is often back at the next look. */
const SAID_AFTER_MS = 10 * 60_000;
const FIRST: BlindItem = { key: "blind", version: 0 };

/**
 * Has the channel hear of looks that do not see the deployments: cards that stand still would pass for good news. It is said once, after ten
 * minutes, and the same message says when they are seen again.
 */
export function createBlindness({ records, slack, machine, now, form: as = slackForm(false) }: BlindnessOptions) {
  const read = async () => (await records.read<BlindItem>(FIRST.key)) ?? FIRST;
  const keep = (since?: number, at?: Posted) => amendItem(records, FIRST, (it) => ({ ...it, since, at }));
  return {
    /** A look has seen them. @throws SlackError */
    async seen(): Promise<void> {
      const { since, at } = await read();
      if (since === undefined) return;
      const [from, until] = [iso(since), iso(now())];
      const say = (title: Form) => words.BLINDNESS.again(machine, title);
      const body = [context(words.BLINDNESS.meanwhile(from, until, as))];
      if (at) await slack.update(at, message("info", say(inNotification), section(as.strong(say(as))), body));
      await keep();
    },
    /** A look has not, because of `error`. @throws SlackError */
    async unseen(error: unknown): Promise<void> {
      const { since, at } = await read();
      if (since === undefined) return void (await keep(now()));
      if (at || now() - since < SAID_AFTER_MS) return;
      const why = awsAdvice(error) ?? (error instanceof Error ? error.message : String(error));
      const say = (title: Form) => words.BLINDNESS.since(machine, iso(since), title);
      const body = [section(as.text(why, 500)), context(words.BLINDNESS.triesAgain)];
      await keep(since, await slack.post(message("warning", say(inNotification), section(as.strong(say(as))), body)));
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
