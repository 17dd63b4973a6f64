import type { Json } from "../../lab/slack/messages.ts";
import { PEOPLE } from "../../lab/slack/people.ts";
import { messageParts, type Readable } from "../../lab/slack/text.ts";

/** The blocks of a message in reading order, each as the lines that a reader sees; the first is the heading. */
export function paragraphsOf({ text, blocks = [], attachments = [] }: Readable): string[][] {
  if (blocks.length === 0 && attachments.length === 0) return linesOf({ text });
  const all = [...blocks, ...attachments.flatMap((it) => (it as { blocks?: object[] }).blocks ?? [])] as Json[];
  return all.flatMap((block) => {
    if (!Array.isArray(block["fields"])) return linesOf({ blocks: [block] });
    return (block["fields"] as object[]).flatMap((field) => linesOf({ blocks: [{ type: "section", text: field }] }));
  });
}

function linesOf(readable: Readable): string[][] {
  const lines = messageParts(readable, (header) => `*${header.replaceAll("*", "✱")}*`).flatMap((part) => part.lines.map(withNames));
  return lines.join("").trim() === "" ? [] : [lines];
}

/** Slack shows people's names for the ids that mention them. */
const withNames = (line: string): string =>
  line.replace(/@(U0[A-Z]+)\b/g, (whole, id: string) => `@${PEOPLE.find((it) => it.id === id)?.name ?? whole.slice(1)}`);

/** Paragraphs as one Markdown quotation, its lines where the message has them. */
export function quotation(paragraphs: readonly (readonly string[])[]): string {
  return paragraphs
    .flatMap(kinds)
    .map(paragraph)
    .join("\n\n")
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

/** Lines as Markdown, outside of a quotation. */
export const markdown = (lines: readonly string[]): string => kinds(lines).map(paragraph).join("\n\n");

type Kind = "text" | "list" | "quote";

function kindOf(line: string): Kind {
  if (/^\s*(\d+\.|•) /.test(line)) return "list";
  return line.startsWith("> ") ? "quote" : "text";
}

/** Splits lines where a list or a quotation begins or ends, since Markdown would go on with it. */
function kinds(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (line.trim() === "") groups.push([]);
    else if (group?.[0] !== undefined && kindOf(group[0]) === kindOf(line)) group.push(line);
    else groups.push([line]);
  }
  return groups.filter((group) => group.length > 0);
}

function paragraph(lines: readonly string[]): string {
  const [first = ""] = lines;
  if (kindOf(first) === "list") return lines.map((line) => inline(line.trim()).replace(/^• /, "- ")).join("\n");
  if (kindOf(first) === "quote") return lines.map((line) => `> ${inline(line.slice(2))}`).join("\\\n");
  return lines.map(inline).join("\\\n");
}

const CODE = /`[^`\n]+`/g;
const BOLD = /(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])/g;
const KEPT = /\uE000(\d+)\uE001/g;

/** Slack's `*bold*` and code spans in Markdown; what Markdown alone would take for a mark is escaped. */
function inline(line: string): string {
  const kept: string[] = [];
  const keep = (text: string): string => `\uE000${kept.push(text) - 1}\uE001`;
  const marked = line.replace(CODE, keep).replace(BOLD, (_whole, inside: string) => `${keep("**")}${inside}${keep("**")}`);
  const escaped = marked
    .replace(/[\\<*]/g, "\\$&")
    .replace(/^([#+=-])/, "\\$1")
    .replaceAll("✱", "\\*");
  return escaped.replace(KEPT, (_whole, index: string) => kept[Number(index)] ?? "");
}
