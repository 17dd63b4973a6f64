// A line break inside a command would end the command when it is pasted.
const COMMAND = /(?:npx bluegreen-guard|aws rds) .*$/;
const LABEL = /^\s*(?:\d+\. |\S+(?: UTC)? {2,})?/;
const NARROWEST = 40;

/** Breaks lines between words at `width` columns; continuation lines align with the line's first word, and a command stays whole. */
export function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string[] {
  const label = LABEL.exec(line)?.[0] ?? "";
  const room = width - label.length;
  if (line.length <= width || room < NARROWEST) return [line];
  const words = wordsOf(line.slice(label.length));
  const lines: string[] = [];
  let current = "";
  for (const word of words) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && longer.length > room) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  lines.push(current);
  return lines.map((it, index) => (index === 0 ? label : " ".repeat(label.length)) + it);
}

function wordsOf(text: string): string[] {
  const command = COMMAND.exec(text);
  if (!command) return text.split(" ");
  const before = text.slice(0, command.index).trimEnd();
  return [...(before === "" ? [] : before.split(" ")), command[0]];
}
