import type { MessageView } from "../views.ts";
import { article } from "./articles.ts";
import { onVisitor, press, visitor } from "./composer.ts";
import { byId } from "./dom.ts";
import { unescapeEntities } from "./mrkdwn.ts";
import { showPart } from "./parts.ts";
import { addTo, entitle, fold, newThread, open, type Thread } from "./threads.ts";

// The keyboard can scroll only what can have the focus.
const list = Object.assign(byId("messages"), { tabIndex: 0 });
const announcer = byId("announce");
const messages = new Map<string, { message: MessageView; element: HTMLElement }>();
const threads = new Map<string, Thread>();
/** While a card is out of sight above its thread, a line in its place says how it stands. */
const cardsInSight = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      const title = target.parentElement?.querySelector<HTMLElement>(".stuck button");
      if (title) title.hidden = isIntersecting;
    }
  },
  { root: list },
);
let announced: number | undefined;

list.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const action = target.closest<HTMLElement>("[data-action]")?.dataset.action;
  const ts = target.closest("article")?.id.replace("message-", "");
  if (action && ts) void press(ts, action);
});
onVisitor(() => {
  for (const { message, element } of messages.values()) element.hidden = !isSeen(message);
});

const isSeen = ({ onlyFor }: MessageView): boolean => onlyFor === undefined || onlyFor === visitor();

/** Takes all messages as they stand; what is not among them is gone. */
export function showAll(all: readonly MessageView[]): void {
  const now = new Set(all.map(({ ts }) => ts));
  for (const shown of [messages, threads]) {
    for (const [ts, { element }] of [...shown].filter(([ts]) => !now.has(ts))) {
      element.remove();
      shown.delete(ts);
    }
  }
  for (const message of all) put(message);
  scrollDown();
}

/** Takes a message that is new or changed, and tells the listeners. */
export function show(message: MessageView): void {
  const before = messages.get(message.ts)?.message;
  const wasAtEnd = isAtEnd();
  put(message);
  if (wasAtEnd) scrollDown();
  if (before?.text !== message.text && isSeen(message)) announce(message);
}

/** The message of that ts as it stands. */
export function messageOf(ts: string): MessageView | undefined {
  return messages.get(ts)?.message;
}

/** All cards: messages of the guard that stand in no thread. */
export function cards(): MessageView[] {
  return [...messages.values()]
    .map(({ message }) => message)
    .filter((it) => it.threadTs === undefined && it.author === "app" && it.onlyFor === undefined);
}

/** Brings a message into view and puts the focus on it. */
export function reveal(ts: string): void {
  const found = messages.get(ts);
  if (!found) return;
  showPart("channel");
  const thread = threads.get(found.message.threadTs ?? "");
  if (thread) open(thread, true);
  found.element.focus({ preventScroll: true });
  found.element.scrollIntoView({ block: "center" });
}

function put(message: MessageView): void {
  const known = messages.get(message.ts);
  if (known && JSON.stringify(known.message) === JSON.stringify(message)) return;
  const element = article(message);
  messages.set(message.ts, { message, element });
  const thread = threadOf(message);
  if (known) replace(known.element, element);
  else addTo(thread, message, element);
  element.hidden = !isSeen(message);
  if (message.threadTs === undefined && message.onlyFor === undefined) {
    entitle(thread, message);
    cardsInSight.observe(element);
  }
  byId("no-messages").hidden = messages.size > 0;
  fold(thread);
}

/** People who read the message with the keyboard stay there. */
function replace(old: HTMLElement, element: HTMLElement): void {
  const hadFocus = old.contains(document.activeElement);
  cardsInSight.unobserve(old);
  old.replaceWith(element);
  if (hadFocus) element.focus({ preventScroll: true });
}

function threadOf({ ts, threadTs = ts }: MessageView): Thread {
  const known = threads.get(threadTs);
  if (known) return known;
  const thread = newThread(threadTs, () => reveal(threadTs));
  list.append(thread.element);
  threads.set(threadTs, thread);
  return thread;
}

function isAtEnd(): boolean {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

function scrollDown(): void {
  list.scrollTop = list.scrollHeight;
}

/** At high speed many come at once: only the last of them is read out. */
function announce({ text, deletedAt }: MessageView): void {
  clearTimeout(announced);
  announced = window.setTimeout(() => {
    announcer.textContent = `${deletedAt ? "Deleted" : "Slack"}: ${unescapeEntities(text)}`;
  }, 300);
}
