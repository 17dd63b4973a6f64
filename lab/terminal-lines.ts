import type { BusEvent } from "../local/event-bridge/event-bus.ts";
import { visible } from "../local/visible.ts";
import type { Taken } from "../src/telling/filing.ts";
import type { LabEnvelope } from "./rds/rds.ts";
import type { Json, MessageChange } from "./slack/messages.ts";
import { renderMessage } from "./slack/terminal.ts";

/** How lines are drawn: without colour they contain no escape codes; `width` is in columns. */
export interface Terminal {
  color: boolean;
  width: number;
}

const time = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(11, 19);

const dim = (text: string, { color }: Terminal): string => (color ? `\u001b[2m${text}\u001b[22m` : text);

/** What a person or AWS does in the story. */
export function sayLine(line: string, now: number, { color }: Terminal): string {
  const text = `${time(now)} ▶ ${line}`;
  return color ? `\u001b[1m${text}\u001b[22m` : text;
}

/** One RDS event that a route took, or would have taken, in one line. */
export function eventLine({ detail }: LabEnvelope, terminal: Terminal, what = "RDS event"): string {
  const text = `${detail.Date.slice(11, 19)} ${what}, ${detail.SourceIdentifier}: ${visible(detail.Message)}`;
  return dim(text.length > terminal.width ? `${text.slice(0, terminal.width - 1)}…` : text, terminal);
}

/** A fact or a request on the guard's event bus. */
export function busLine(event: BusEvent, now: number, terminal: Terminal): string {
  const { deploymentName, deploymentId, requestId } = event.detail;
  const about = deploymentName ?? deploymentId ?? (requestId === undefined ? "" : `request ${requestId}`);
  return dim(`${time(now)} On the event bus: ${event["detail-type"]}, ${visible(String(about))}`, terminal);
}

/** What became of an event that was not reported; undefined if it was. */
export function outcomeLine(details: Record<string, unknown>, terminal: Terminal): string | undefined {
  const taken = details["taken"] as Taken | undefined;
  return taken && "leftOut" in taken ? dim(`  Left out: ${taken.leftOut}.`, terminal) : undefined;
}

/** What went wrong in the guard, which need not mean that anything is lost. */
export function errorLine(message: string, now: number, { color }: Terminal): string {
  const text = `${time(now)} ! ${visible(message)}`;
  return color ? `\u001b[31m${text}\u001b[39m` : text;
}

/** Shows messages as they change: a new one in full, an updated one with its heading and the new blocks. */
export class MessageScreen {
  readonly #terminal: Terminal;
  readonly #shown = new Map<string, Set<string>>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** The text for one change of a message. */
  render({ kind, message }: MessageChange): string {
    const key = `${message.channel} ${message.ts}`;
    const before = kind === "updated" ? this.#shown.get(key) : undefined;
    const attachments = message.attachments?.map((it) => ({
      ...it,
      blocks: blocksOf(it).filter((block) => !before?.has(JSON.stringify(block))),
    }));
    this.#shown.set(key, new Set((message.attachments ?? []).flatMap(blocksOf).map((block) => JSON.stringify(block))));
    return renderMessage({ kind, message: { ...message, attachments } }, this.#terminal);
  }
}

function blocksOf(attachment: Json): readonly Json[] {
  return Array.isArray(attachment["blocks"]) ? attachment["blocks"] : [];
}
