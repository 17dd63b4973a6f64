// Control and bidirectional characters, which could reorder or hide what a reader sees.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text from outside made inert in Slack's mrkdwn: it can neither mention nor link. Source: Slack, "Formatting text", escaping. */
export function escaped(text: string): string {
  return text.replace(INVISIBLE, " ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A name as a code span on one line, at most `longest` characters of it. */
export function code(name: string, longest = 255): string {
  const line = shorten(name.replace(/\s+/g, " "), longest).replaceAll("`", "ʼ");
  return `\`${escaped(line) || " "}\``;
}

/** Text from outside as a quotation, at most `longest` characters of it, whatever it contains. */
export function quote(text: string, longest = 900): string {
  const lines = shorten(text.trim(), longest).split(/\r?\n/);
  return lines.map((line) => `> ${escaped(line)}`).join("\n");
}

/** Text from outside within a sentence, at most `longest` characters of it. */
export function plain(text: string, longest = 600): string {
  return escaped(shorten(text.replace(/\s+/g, " ").trim(), longest));
}

/** The text, or its beginning with an ellipsis where it is longer than `longest` characters. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
