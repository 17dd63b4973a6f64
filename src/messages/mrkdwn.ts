// Control, format and bidirectional characters and halves of surrogate pairs: they could reorder or hide what a reader sees.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from outside made inert in Slack's mrkdwn: it can neither mention nor link. Source: Slack, "Formatting text", escaping. */
export function escaped(text: string): string {
  return text.replace(INVISIBLE, " ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A name as a code span on one line, at most `longest` characters of it; a database's has 63 at most. */
export function code(name: string, longest = 100): string {
  return `\`${escaped(oneLine(name, longest).replaceAll("`", "ʼ")) || " "}\``;
}

/** Text from outside as a quotation without its blank lines, at most `longest` characters of it, whatever it contains. */
export function quote(text: string, longest = 900): string {
  const lines = shorten(text.trim(), longest).split(/\s*\n\s*/);
  return lines.map((line) => `> ${escaped(line)}`).join("\n");
}

/** Text from outside within a sentence, at most `longest` characters of it. */
export function plain(text: string, longest = 600): string {
  return escaped(oneLine(text, longest));
}

/** Text from outside on one line, without invisible characters, at most `longest` characters of it; not escaped. */
export function oneLine(text: string, longest: number): string {
  return shorten(text.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim(), longest);
}

/** The text, or its beginning with an ellipsis where it is longer than `longest` characters. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
