import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../src/messages/slack/message.ts";

/** What a message says above its small print, as Slack is given it. */
export function textsIn({ blocks, attachments }: Message): string[] {
  const all = [...blocks, ...attachments.flatMap((it) => (it.blocks ?? []) as KnownBlock[])];
  return all.flatMap((block) => {
    if (block.type === "header") return [block.text.text];
    return block.type === "section" ? [block.text, ...(block.fields ?? [])].flatMap((it) => it?.text ?? []) : [];
  });
}
