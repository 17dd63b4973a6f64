import type { KnownBlock, MessageAttachment, SectionBlock } from "@slack/types";
import type { Severity } from "../../rules/rule.ts";
import type { Form } from "../form.ts";

/** A Slack message as the guard sends it: a heading above a coloured attachment. */
export interface Message {
  /** The text for notifications and screen readers; the channel shows the blocks. */
  text: string;
  blocks: KnownBlock[];
  attachments: MessageAttachment[];
}

const COLOUR: Record<Severity, string> = { info: "#5b7083", good: "#1f7a4d", warning: "#b7791f", critical: "#b3261e" };

// Slack refuses a section with more than 3,000 characters and a field with more than 2,000, so longer texts are cut.
const SECTION_LIMIT = 3_000;
const FIELD_LIMIT = 2_000;
const HEADER_LIMIT = 150;
// Above about 12,000 characters in all it refuses the message. Source: slackapi/bolt-js, issues 2509 and 2867.
const BODY_LIMIT = 10_500;
const SHORTEST_CUT = 200;

/** Builds a message from a heading and the blocks below it, in the severity's colour. */
export function message(severity: Severity, text: string, heading: KnownBlock, body: KnownBlock[]): Message {
  return {
    text: cut(text, SECTION_LIMIT),
    blocks: [heading],
    attachments: [{ color: COLOUR[severity], fallback: cut(text, SECTION_LIMIT), blocks: fitted(body) }],
  };
}

/** The blocks, the longest paragraphs cut until all fit. */
function fitted(body: KnownBlock[]): KnownBlock[] {
  for (let longest = SECTION_LIMIT; longest > SHORTEST_CUT; longest -= 100) {
    const all = body.map((block) => shortened(block, longest));
    if (all.reduce((sum, block) => sum + textsOf(block).join("").length, 0) <= BODY_LIMIT) return all;
  }
  return body.map((block) => shortened(block, SHORTEST_CUT));
}

function shortened(block: KnownBlock, longest: number): KnownBlock {
  if (block.type !== "section" || !block.text) return block;
  return { ...block, text: { ...block.text, text: cut(block.text.text, longest) } };
}

function textsOf(block: KnownBlock): string[] {
  if (block.type === "section") return [block.text, ...(block.fields ?? [])].flatMap((it) => it?.text ?? []);
  return block.type === "context" ? block.elements.flatMap((it) => ("text" in it ? it.text : [])) : [];
}

/** A heading in large type, as plain text that Slack does not interpret. */
export function header(text: string): KnownBlock {
  return { type: "header", text: { type: "plain_text", text: cut(text, HEADER_LIMIT), emoji: false } };
}

/** A paragraph of mrkdwn in which Slack does not turn bare text into links or mentions. */
export function section(text: string): SectionBlock {
  return { type: "section", text: mrkdwn(text, SECTION_LIMIT) };
}

/** A paragraph with its heading. */
export const part = (title: string, lines: readonly string[], as: Form): SectionBlock => section([as.strong(title), ...lines].join("\n"));

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

/** Cuts the text to `limit` UTF-16 units without splitting an escaped character, a date, a mention, a link or a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/(&[a-z]{0,3}|<[^<>]*|[\ud800-\udbff])$/, "")}…`;
}
