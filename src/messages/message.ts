import type { KnownBlock, MessageAttachment, SectionBlock } from "@slack/types";
import type { Severity } from "../rules/rule.ts";

/** A Slack message as the guard sends it: a heading, and below it a coloured attachment. */
export interface Message {
  /** What notifications and screen readers say; the blocks hold what is read in the channel. */
  text: string;
  blocks: KnownBlock[];
  attachments: MessageAttachment[];
}

/** The word that stands beside the colour, for those who do not see it. */
export const SEVERITY_WORD: Record<Severity, string> = { info: "Info", good: "Good", warning: "Warning", critical: "Critical" };

const COLOUR: Record<Severity, string> = { info: "#5b7083", good: "#1f7a4d", warning: "#b7791f", critical: "#b3261e" };

// Slack refuses a section's text above 3,000 characters and a field's above 2,000; cutting shows more than a refusal.
const SECTION_LIMIT = 3_000;
const FIELD_LIMIT = 2_000;
const HEADER_LIMIT = 150;

/** A message of a heading and the blocks below it, in the severity's colour. */
export function message(severity: Severity, text: string, heading: KnownBlock, body: KnownBlock[]): Message {
  return {
    text: cut(text, SECTION_LIMIT),
    blocks: [heading],
    attachments: [{ color: COLOUR[severity], fallback: cut(text, SECTION_LIMIT), blocks: body }],
  };
}

/** A heading in large type. Plain text: nothing in it is interpreted. */
export function header(text: string): KnownBlock {
  return { type: "header", text: { type: "plain_text", text: cut(text, HEADER_LIMIT), emoji: false } };
}

/** A paragraph of mrkdwn; Slack is told not to make links or mentions of bare text in it. */
export function section(text: string): SectionBlock {
  return { type: "section", text: mrkdwn(text, SECTION_LIMIT) };
}

/** Short paragraphs side by side; at most ten. */
export function fields(texts: string[]): SectionBlock {
  return { type: "section", fields: texts.slice(0, 10).map((text) => mrkdwn(text, FIELD_LIMIT)) };
}

/** A line in small type. */
export function context(text: string): KnownBlock {
  return { type: "context", elements: [mrkdwn(text, FIELD_LIMIT)] };
}

function mrkdwn(text: string, limit: number) {
  return { type: "mrkdwn" as const, text: cut(text, limit), verbatim: true };
}

/** The text, cut to `limit` UTF-16 units without cutting an escaped character or a surrogate pair in two. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/(&[a-z]{0,3}|[\ud800-\udbff])$/, "")}…`;
}
