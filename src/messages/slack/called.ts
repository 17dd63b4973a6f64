import type { KnownBlock } from "@slack/types";
import type { Fact } from "../../facts/facts.ts";
import type { Taking } from "../../facts/incident.ts";
import * as words from "../language.ts";
import { buttons, take } from "./buttons.ts";
import { slackForm } from "./form.ts";
import { context, cut, type Message, section } from "./message.ts";
import { escaped } from "./mrkdwn.ts";

/** A mention of a user (U…, W…) or of a user group (S…). Source: Slack, "Formatting text", "Mentioning users", "Mentioning groups". */
export const mentionOf = (id: string): string => (id.startsWith("S") ? `<!subteam^${escaped(id)}>` : `<@${escaped(id)}>`);

/**
 * An entry with those whom its facts call at its start, and with the button by which somebody takes it, or who has taken it, if it is
 * `taking`.
 */
export function called(
  message: Message,
  facts: readonly Fact[],
  taking: Taking | undefined,
  as = slackForm(taking !== undefined),
): Message {
  const mentioned = mentioning(
    message,
    facts.flatMap(({ calls = [] }) => calls),
  );
  if (!taking) return mentioned;
  const [body, ...others] = mentioned.attachments;
  const offer = taking.taken ? context(words.takenBy(taking.taken, as)) : buttons(take(taking));
  return { ...mentioned, attachments: [{ ...body, blocks: [...(body?.blocks ?? []), offer] }, ...others] };
}

/** The message with mentions at its start; the same if there are none. */
export function mentioning(message: Message, ids: readonly string[]): Message {
  if (ids.length === 0) return message;
  const mentions = [...new Set(ids)].map(mentionOf).join(" ");
  const [first, ...rest] = message.blocks;
  const isText = first?.type === "section" && first.text !== undefined;
  const blocks: KnownBlock[] = isText ? [section(`${mentions} ${first.text?.text}`), ...rest] : [section(mentions), ...message.blocks];
  return { ...message, text: cut(`${mentions} ${message.text}`, LONGEST_TEXT), blocks };
}

// Source: Slack, chat.postMessage: longer texts are truncated, and a notification shows less.
const LONGEST_TEXT = 3_000;
