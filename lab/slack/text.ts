import { isObject } from "./block-schema.ts";
import { linkText, readableMrkdwn, unescapeEntities } from "./mrkdwn.ts";
import { richTextLines } from "./rich-text.ts";

/** A message or attachment to take the readable parts from. */
export interface Readable {
  readonly text?: string;
  readonly blocks?: readonly object[];
  readonly attachments?: readonly object[];
}

/** The lines of a message's body, or of one attachment with its colour (`good`, `warning`, `danger` or `#rrggbb`). */
export interface MessagePart {
  readonly color?: string;
  readonly lines: readonly string[];
}

/** How a header's text is set off; the default leaves it as it is. */
export type Emphasis = (header: string) => string;

/**
 * Everything that a reader sees of a message, in reading order, as plain text with mrkdwn's marks kept.
 *
 * `text` counts only if there are no blocks: next to blocks, Slack shows it only in notifications.
 */
export function messageText(message: Readable): string {
  return messageParts(message)
    .flatMap(({ lines }) => lines)
    .join("\n");
}

/** The same in parts: the body, then each attachment. */
export function messageParts(message: Readable, emphasis: Emphasis = (header) => header): MessagePart[] {
  const body = message.blocks?.length ? blockLines(message.blocks, emphasis) : mrkdwnLines(message.text);
  const attachments = (message.attachments ?? []).filter(isObject).map((attachment) => attachmentPart(attachment, emphasis));
  return [{ lines: body }, ...attachments].filter(({ lines }) => lines.length > 0);
}

function attachmentPart(attachment: Record<string, unknown>, emphasis: Emphasis): MessagePart {
  const { color, blocks, pretext, author_name, title, title_link, text, fields, footer, fallback } = attachment;
  const heading = typeof title_link === "string" && typeof title === "string" ? linkText(title_link, title) : title;
  const pairs = objects(fields).map((field) => [field.title, field.value].filter(Boolean).map(String).map(readableMrkdwn).join(": "));
  const shown = [
    ...[pretext, author_name, heading, text].flatMap(mrkdwnLines),
    ...pairs,
    ...blockLines(objects(blocks), emphasis),
    ...mrkdwnLines(footer),
  ];
  return { lines: shown.length > 0 ? shown : mrkdwnLines(fallback), ...(typeof color === "string" && { color }) };
}

function blockLines(blocks: readonly object[], emphasis: Emphasis): string[] {
  return blocks.filter(isObject).flatMap((block) => {
    switch (block.type) {
      case "header":
        return textLines(block.text).map(emphasis);
      case "section":
        return [block.text, ...objects(block.fields), block.accessory].flatMap(elementLines);
      case "divider":
        return [""];
      case "context":
        return join(objects(block.elements).flatMap(elementLines), " ");
      case "actions":
        return join(objects(block.elements).flatMap(elementLines), "  ");
      case "rich_text":
        return richTextLines(block.elements);
      default:
        return [block.title, block].flatMap(elementLines);
    }
  });
}

/** A text object, an image or an interactive element; one without words of its own gives no line. */
function elementLines(element: unknown): string[] {
  if (!isObject(element)) return [];
  const { type, text, placeholder, url, alt_text, options } = element;
  if (type === "plain_text" || type === "mrkdwn") return textLines(element);
  if (type === "image") return typeof alt_text === "string" ? [`[image: ${unescapeEntities(alt_text)}]`] : [];
  const label = textLines(text ?? placeholder).join(" ");
  if (label !== "") return [typeof url === "string" ? `[ ${label} ] (${url})` : `[ ${label} ]`];
  const choices = objects(options).map((option) => `[ ${textLines(option.text).join(" ")} ]`);
  return join(choices, "  ");
}

function textLines(text: unknown): string[] {
  if (!isObject(text) || typeof text.text !== "string") return [];
  return (text.type === "mrkdwn" ? readableMrkdwn(text.text) : unescapeEntities(text.text)).split("\n");
}

function mrkdwnLines(text: unknown): string[] {
  return typeof text === "string" && text !== "" ? readableMrkdwn(text).split("\n") : [];
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function join(parts: readonly string[], separator: string): string[] {
  return parts.length > 0 ? [parts.join(separator)] : [];
}
