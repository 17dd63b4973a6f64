import { isObject } from "./block-schema.ts";
import { linkText } from "./mrkdwn.ts";

/** The lines of a rich_text block's elements, without marks of emphasis, which rich text carries as styles. */
export function richTextLines(elements: unknown): string[] {
  return objects(elements).flatMap((element) => {
    if (element.type === "rich_text_list") return objects(element.elements).map((item) => `• ${inline(item.elements)}`);
    const text = inline(element.elements).replace(/\n$/, "");
    if (element.type === "rich_text_quote") return text.split("\n").map((line) => `> ${line}`);
    return element.type === "rich_text_preformatted" ? ["```", ...text.split("\n"), "```"] : text.split("\n");
  });
}

function inline(elements: unknown): string {
  return objects(elements).map(inlineText).join("");
}

function inlineText(element: Record<string, unknown>): string {
  const field = (name: string): string => (typeof element[name] === "string" ? element[name] : "");
  switch (element.type) {
    case "link":
      return linkText(field("url"), field("text"));
    case "emoji":
      return `:${field("name")}:`;
    case "user":
      return `@${field("user_id")}`;
    case "usergroup":
      return `@${field("usergroup_id")}`;
    case "channel":
      return `#${field("channel_id")}`;
    case "broadcast":
      return `@${field("range")}`;
    default:
      return field("text") || field("fallback") || field("value");
  }
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
