import { visible } from "../../local/visible.ts";
import type { LabMessage, MessageChange } from "./messages.ts";
import { type MessagePart, messageParts } from "./text.ts";
import { type Run, type Style, wrap } from "./wrap.ts";

/** How messages are drawn; `width` is the terminal's, in columns. Without `color` there are no escape codes. */
export interface RenderOptions {
  readonly color: boolean;
  readonly width: number;
}

const RAIL = "│ ";
const NARROWEST = 10;
const NAMED_COLORS: Readonly<Record<string, string>> = { good: "2eb67d", warning: "daa038", danger: "e01e5a" };

/** One change of a message as a person reads it in a terminal: a line that says when, what and where, then the message. */
export function renderMessage(change: MessageChange, options: RenderOptions): string {
  const { kind, message } = change;
  const paint = options.color ? painted : (text: string) => text;
  const rail = message.threadTs === undefined ? "" : paint(RAIL, "2", "22");
  const left = message.threadTs === undefined ? 0 : RAIL.length;
  const place = message.broadcast ? " in a thread and the channel" : " in a thread";
  const head = `${timeOf(change)} ${kind} #${visible(message.channelName)}${message.threadTs === undefined ? "" : place}`;
  const parts = kind === "deleted" ? [] : messageParts(message, (header) => `*${header}*`);
  const body = parts.flatMap((part) => partLines(part, options, left + RAIL.length, paint));
  return [paint(head, "2", "22"), ...body].map((line) => `${rail}${line}`.trimEnd()).join("\n");
}

type Paint = (text: string, on: string, off: string) => string;

function painted(text: string, on: string, off: string): string {
  return text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
}

function timeOf({ kind, message }: { kind: MessageChange["kind"]; message: LabMessage }): string {
  const at = kind === "posted" ? message.postedAt : (message.deleted?.at ?? message.edits.at(-1)?.at ?? message.postedAt);
  return new Date(at).toISOString().slice(11, 19);
}

function partLines({ lines, color }: MessagePart, { width, color: colored }: RenderOptions, left: number, paint: Paint): string[] {
  const rgb = color === undefined ? undefined : rgbOf(color);
  const rail = color === undefined ? "  " : rgb === undefined ? RAIL : paint(RAIL, `38;2;${rgb}`, "39");
  return styled(lines.map(visible), colored)
    .flatMap((line) => wrap(line, Math.max(NARROWEST, width - left)))
    .map((line) => rail + line.map(({ text, style }) => paintRun(text, style, paint)).join(""));
}

function rgbOf(color: string): string | undefined {
  const hex = Object.hasOwn(NAMED_COLORS, color) ? NAMED_COLORS[color] : color.replace(/^#/, "");
  if (hex === undefined || !/^[0-9a-f]{6}$/i.test(hex)) return undefined;
  return [0, 2, 4].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)).join(";");
}

function paintRun(text: string, style: Style, paint: Paint): string {
  if (style === "bold") return paint(text, "1", "22");
  return style === "code" ? paint(text, "36", "39") : text;
}

/** Lines between fences of three backticks are code; the fences themselves are not shown. */
function styled(lines: readonly string[], colored: boolean): Run[][] {
  let fenced = false;
  return lines.flatMap((line) => {
    const pieces = line.split("```");
    const parsed = pieces.map((piece, index): Run[] => {
      if (index > 0) fenced = !fenced;
      return fenced ? [{ text: piece, style: "code" }] : inline(piece, colored);
    });
    return pieces.length > 1 && line.replaceAll("```", "").trim() === "" ? [] : [parsed.flat()];
  });
}

/** `*bold*` loses its asterisks; `code` keeps its backticks if there is no colour to mark it. */
function inline(text: string, colored: boolean): Run[] {
  return text.split(/(`[^`]+`|(?<![\w*])\*(?=\S)[^*]*[^*\s]\*(?![\w*]))/).map((piece, index): Run => {
    if (index % 2 === 0) return { text: piece, style: "plain" };
    if (piece.startsWith("`")) return { text: colored ? piece.slice(1, -1) : piece, style: "code" };
    return { text: piece.slice(1, -1), style: "bold" };
  });
}
