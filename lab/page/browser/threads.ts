import type { MessageView } from "../views.ts";
import { colourOf } from "./blocks.ts";
import { el } from "./dom.ts";
import { unescapeEntities } from "./mrkdwn.ts";

const REPLIES_SHOWN = 3;

/** A card and its replies; only the last few show until somebody opens the thread. */
export interface Thread {
  isOpen: boolean;
  readonly element: HTMLElement;
  readonly replies: HTMLElement;
  readonly more: HTMLButtonElement;
  /** Says how the card stands while that is out of sight. */
  readonly title: HTMLButtonElement;
}

/** Makes the thread of the card with the ts `root`, still without it; its title leads back to the card. */
export function newThread(root: string, back: () => void): Thread {
  const replies = el("div", { class: "replies", id: `replies-${root}` });
  const toggle = () => open(thread, !thread.isOpen);
  const more = el("button", { type: "button", class: "quiet", "aria-controls": `replies-${root}`, onclick: toggle });
  // Not for the keyboard: it goes when the card comes into view, and would take the focus with it.
  const title = el("button", { type: "button", hidden: true, tabindex: "-1", title: "Back to the card", onclick: back });
  const element = el("div", { class: "thread" }, el("div", { class: "stuck" }, title), more, replies);
  const thread: Thread = { isOpen: false, element, replies, more, title };
  return thread;
}

/** Puts the card at the head of its thread, or a reply at the end. */
export function addTo({ more, replies }: Thread, { ts, threadTs = ts }: MessageView, element: HTMLElement): void {
  if (threadTs === ts) more.before(element);
  else replies.append(element);
}

/** Shows all replies of a thread, or the last few. */
export function open(thread: Thread, isOpen: boolean): void {
  thread.isOpen = isOpen;
  fold(thread);
}

/** Hides the surplus again, since there are more replies than before. */
export function fold({ replies, more, isOpen }: Thread): void {
  const all = [...replies.children].filter((it) => it instanceof HTMLElement);
  const hidden = Math.max(0, all.length - REPLIES_SHOWN);
  all.forEach((reply, index) => {
    reply.hidden = !isOpen && index < hidden;
  });
  more.hidden = hidden === 0;
  more.setAttribute("aria-expanded", String(isOpen));
  more.textContent = isOpen ? "Show only the latest replies" : `Show ${hidden} earlier ${hidden === 1 ? "reply" : "replies"}`;
}

/** Gives the title the words and the colour of the card. */
export function entitle({ title }: Thread, { text, attachments }: MessageView): void {
  title.textContent = unescapeEntities(text);
  title.style.setProperty("--bar", colourOf(attachments[0]?.color) ?? "var(--line)");
}
