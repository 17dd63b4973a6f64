import type { KnownBlock } from "@slack/types";
import type { Fact } from "../../facts/facts.ts";
import type { Taking } from "../../facts/incident.ts";
import { buttons, take } from "./buttons.ts";
import { cut, type Message, section } from "./message.ts";
import { escaped } from "./mrkdwn.ts";

/** A mention of a user (U…, W…) or of a user group (S…). Source: Slack, "Formatting text", "Mentioning users", "Mentioning groups". */
export const mentionOf = (id: string): string => (id.startsWith("S") ? `<!subteam^${escaped(id)}>` : `<@${escaped(id)}>`);

/** An entry with those whom its facts call at its start, and with the button by which somebody takes it, until somebody has. */
export function called(message: Message, facts: readonly Fact[], taking: Taking | undefined): Message {
  const mentioned = mentioning(
    message,
    facts.flatMap(({ calls = [] }) => calls),
  );
  if (!taking || taking.taken) return mentioned;
  const [body, ...others] = mentioned.attachments;
  return { ...mentioned, attachments: [{ ...body, blocks: [...(body?.blocks ?? []), buttons(take(taking))] }, ...others] };
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
