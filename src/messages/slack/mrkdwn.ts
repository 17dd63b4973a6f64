import { INVISIBLE, oneLine, shorten } from "../text.ts";

/** Escapes text from outside, so that it cannot mention or link in Slack's mrkdwn. Source: Slack, "Formatting text", escaping. */
export function escaped(text: string): string {
  return text.replace(INVISIBLE, " ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The text that was escaped. */
export const unescaped = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Formats a name as a code span on one line, cut to `longest` characters; a database's name has at most 63. */
export function code(name: string, longest = 100): string {
  return `\`${escaped(oneLine(name, longest).replaceAll("`", "ʼ")) || " "}\``;
}

/** Formats text from outside as a quotation without blank lines, cut to `longest` characters. */
export function quote(text: string, longest = 900): string {
  const lines = shorten(text.trim(), longest).split(/\s*\n\s*/);
  return lines.map((line) => `> ${escaped(line)}`).join("\n");
}

/** Formats text from outside for use in a sentence, cut to `longest` characters. */
export function plain(text: string, longest = 600): string {
  return escaped(oneLine(text, longest));
}
