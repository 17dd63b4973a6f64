import { randomUUID } from "node:crypto";
import type { KnownBlock } from "@slack/types";
import type { Slack } from "../../../src/clients/slack/slack.ts";
import { utcTime } from "../../../src/deployments/time-words.ts";
import type { Message } from "../../../src/messages/slack/message.ts";

/** What stands for a channel's id where the terminal is told in Slack's place. */
export const TERMINAL = "terminal";

/** Says in a terminal, in messages written for one, what Slack would be told: a message in full, and of one that changes its heading and the paragraphs that are new. */
export function terminalSlack(say: (text: string) => void, now: () => number): Slack {
  const shown = new Map<string, { isEntry: boolean; paragraphs: ReadonlySet<string> }>();
  function show(ts: string, message: Message, isEntry: boolean): void {
    const [heading = "", ...paragraphs] = paragraphsOf(message);
    const before = shown.get(ts);
    shown.set(ts, { isEntry, paragraphs: new Set(paragraphs) });
    const fresh = paragraphs.filter((it) => !before?.paragraphs.has(it));
    if (before && fresh.length === 0) return;
    const rail = isEntry ? "    │ " : "  │ ";
    const lines = fresh.flatMap((it) => it.split("\n")).map((line) => rail + line);
    say([`${utcTime(new Date(now()).toISOString())}  ${heading}`, ...lines, ""].join("\n"));
  }
  return {
    channel: TERMINAL,
    async post(message, thread) {
      const ts = randomUUID();
      show(ts, message, thread !== undefined);
      return { channel: TERMINAL, ts, inThread: thread !== undefined };
    },
    update: async ({ ts }, message) => show(ts, message, shown.get(ts)?.isEntry ?? false),
  };
}

/** The paragraphs of a message as a person reads them, its heading first; buttons are left out. */
export function paragraphsOf({ blocks, attachments }: Message): string[] {
  const all = [...blocks, ...attachments.flatMap((it) => (it.blocks ?? []) as KnownBlock[])];
  return all.flatMap(textsOf);
}

function textsOf(block: KnownBlock): string[] {
  if (block.type === "header") return [block.text.text];
  if (block.type === "section") return [block.text, ...(block.fields ?? [])].flatMap((it) => it?.text ?? []);
  return block.type === "context" ? block.elements.flatMap((it) => ("text" in it ? it.text : [])) : [];
}
