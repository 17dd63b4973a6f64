import type { KnownBlock } from "@slack/types";
import type { MessageView } from "../views.ts";
import { cards } from "./channel.ts";
import { el } from "./dom.ts";
import { mrkdwn } from "./rich.ts";

const REPLICATION = "*Replication*\n";

/** What the guard's card says of a deployment's replication; the RDS API itself says nothing. */
export function replicationWords(id: string): string | undefined {
  const card = cards().findLast((it) => textsOf(it).some((text) => text.includes(`\`${id}\``)));
  const words = card && textsOf(card).find((text) => text.startsWith(REPLICATION));
  return words?.slice(REPLICATION.length);
}

/** The same as it looks between blue and green. */
export function replication(words: string | undefined): HTMLElement {
  return el(
    "div",
    { class: "replication" },
    el("strong", {}, "Replication"),
    words ? mrkdwn(words, { verbatim: true }) : el("p", {}, "the guard has not said"),
    words && el("p", { class: "hint" }, "in the guard's words"),
  );
}

function textsOf({ blocks, attachments }: MessageView): string[] {
  return [...blocks, ...attachments.flatMap((it) => it.blocks ?? [])].flatMap(textsIn);
}

function textsIn(block: KnownBlock): string[] {
  if (block.type === "header" || block.type === "section") return block.text ? [block.text.text] : [];
  return block.type === "context" ? block.elements.flatMap((it) => (it.type === "image" ? [] : [it.text])) : [];
}
