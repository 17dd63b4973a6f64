import { colourOf, messageBody } from "./blocks.js";
import { onVisitor, press, visitor } from "./composer.js";
import { byId, el, svg, timeElement } from "./dom.js";
import { unescapeEntities } from "./mrkdwn.js";
import { showPart } from "./parts.js";

const REPLIES_SHOWN = 3;

// The keyboard can scroll only what can have the focus.
const list = Object.assign(byId("messages"), { tabIndex: 0 });
const announcer = byId("announce");
const messages = new Map();
const threads = new Map();
const cardsInSight = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      const title = target.parentElement?.querySelector(".stuck button");
      if (title) title.hidden = isIntersecting;
    }
  },
  { root: list },
);
let announced = 0;

list.addEventListener("click", (event) => {
  const action = event.target.closest("[data-action]")?.dataset.action;
  if (action) void press(event.target.closest("article").id.replace("message-", ""), action);
});
onVisitor(() => {
  for (const { message, element } of messages.values()) element.hidden = !isSeen(message);
});

const isSeen = ({ onlyFor }) => onlyFor === undefined || onlyFor === visitor();

/** Takes all messages as they stand; what is not among them is gone. */
export function showAll(all) {
  const now = new Set(all.map(({ ts }) => ts));
  for (const [ts, { element }] of [...messages].filter(([ts]) => !now.has(ts))) {
    element.remove();
    messages.delete(ts);
  }
  for (const [ts, thread] of [...threads].filter(([ts]) => !now.has(ts))) {
    thread.element.remove();
    threads.delete(ts);
  }
  for (const message of all) put(message);
  scrollDown();
}

/** Takes a message that is new or changed, and says so to who listens. */
export function show(message) {
  const before = messages.get(message.ts)?.message;
  const wasAtEnd = isAtEnd();
  put(message);
  if (wasAtEnd) scrollDown();
  if (before?.text !== message.text && isSeen(message)) announce(message);
}

/** The message of that ts as it stands. */
export function messageOf(ts) {
  return messages.get(ts)?.message;
}

/** All cards: messages of the guard that stand in no thread. */
export function cards() {
  return [...messages.values()]
    .map(({ message }) => message)
    .filter((it) => it.threadTs === undefined && it.author === "app" && it.onlyFor === undefined);
}

/** Brings a message into view and puts the focus on it. */
export function reveal(ts) {
  const found = messages.get(ts);
  if (!found) return;
  showPart("channel");
  const thread = threads.get(found.message.threadTs);
  if (thread) {
    thread.isOpen = true;
    fold(thread);
  }
  found.element.focus({ preventScroll: true });
  found.element.scrollIntoView({ block: "center" });
}

function put(message) {
  const known = messages.get(message.ts);
  if (known && JSON.stringify(known.message) === JSON.stringify(message)) return;
  const element = article(message);
  messages.set(message.ts, { message, element });
  if (known) replace(known.element, element);
  else place(message, element);
  element.hidden = !isSeen(message);
  if (message.threadTs === undefined && message.onlyFor === undefined) watchCard(message, element);
  byId("no-messages").hidden = messages.size > 0;
  const thread = threads.get(message.threadTs ?? message.ts);
  if (thread) fold(thread);
}

/** Whoever reads the message with the keyboard stays there. */
function replace(old, element) {
  const hadFocus = old.contains(document.activeElement);
  cardsInSight.unobserve(old);
  old.replaceWith(element);
  if (hadFocus) element.focus({ preventScroll: true });
}

function place(message, element) {
  const root = message.threadTs ?? message.ts;
  const thread = threads.get(root) ?? addThread(root);
  if (message.ts === root) thread.more.before(element);
  else thread.replies.append(element);
}

function addThread(root) {
  const thread = { isOpen: false };
  thread.replies = el("div", { class: "replies", id: `replies-${root}` });
  const toggle = () => {
    thread.isOpen = !thread.isOpen;
    fold(thread);
  };
  thread.more = el("button", { type: "button", class: "quiet", "aria-controls": `replies-${root}`, onclick: toggle });
  // Not for the keyboard: it goes when the card comes into view, and would take the focus with it.
  thread.title = el("button", { type: "button", hidden: true, tabindex: "-1", title: "Back to the card", onclick: () => reveal(root) });
  thread.element = el("div", { class: "thread" }, el("div", { class: "stuck" }, thread.title), thread.more, thread.replies);
  list.append(thread.element);
  threads.set(root, thread);
  return thread;
}

/** While a card is out of sight above its thread, a line in its place says how it stands. */
function watchCard({ ts, text, attachments }, element) {
  const { title } = threads.get(ts);
  title.textContent = unescapeEntities(text);
  title.style.setProperty("--bar", colourOf(attachments[0]?.color) ?? "var(--line)");
  cardsInSight.observe(element);
}

/** Shows the last few replies of a thread, or all of them. */
function fold({ replies, more, isOpen }) {
  const all = [...replies.children];
  const hidden = Math.max(0, all.length - REPLIES_SHOWN);
  all.forEach((reply, index) => {
    reply.hidden = !isOpen && index < hidden;
  });
  more.hidden = hidden === 0;
  more.setAttribute("aria-expanded", String(isOpen));
  more.textContent = isOpen ? "Show only the latest replies" : `Show ${hidden} earlier ${hidden === 1 ? "reply" : "replies"}`;
}

function article(message) {
  const { ts, threadTs, broadcast, onlyFor, author, postedAt, editedAt, deletedAt } = message;
  const isApp = author === "app";
  return el(
    "article",
    {
      class: `message${threadTs ? " reply" : ""}${onlyFor ? " private" : ""}${deletedAt ? " deleted" : ""}`,
      id: `message-${ts}`,
      tabindex: "-1",
    },
    el("div", { class: "avatar" }, isApp ? shield() : person()),
    el(
      "div",
      { class: "said-by" },
      el("p", { class: "byline" }, [
        el("strong", {}, isApp ? "Blue/Green Guard" : "Somebody in the channel"),
        isApp && el("span", { class: "app" }, "APP"),
        timeElement(postedAt),
        onlyFor && el("span", {}, "only visible to you"),
        broadcast && el("span", {}, "also sent to the channel"),
        editedAt && el("span", {}, "edited ", timeElement(editedAt)),
        deletedAt && el("span", {}, "deleted ", timeElement(deletedAt)),
      ]),
      messageBody(message),
    ),
  );
}

function shield() {
  return svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" }, [
    svg("path", { class: "blue", d: "M16 2 4 7v8c0 7 5 12.500 12 15z" }),
    svg("path", { class: "green", d: "M16 2l12 5v8c0 7-5 12.500-12 15z" }),
  ]);
}

function person() {
  return svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" }, [
    svg("circle", { cx: 16, cy: 11, r: 6 }),
    svg("path", { d: "M4 29c0-7 5-10 12-10s12 3 12 10z" }),
  ]);
}

function isAtEnd() {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

function scrollDown() {
  list.scrollTop = list.scrollHeight;
}

/** At high speed many come at once: the last one of a moment is read out. */
function announce({ text, deletedAt }) {
  clearTimeout(announced);
  announced = setTimeout(() => {
    announcer.textContent = `${deletedAt ? "Deleted" : "Slack"}: ${unescapeEntities(text)}`;
  }, 300);
}
