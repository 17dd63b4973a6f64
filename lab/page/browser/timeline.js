import { messageBody } from "./blocks.js";
import { messageOf, reveal } from "./channel.js";
import { byId, el, time, timeElement } from "./dom.js";

const FATES = { dropped: "lost on its way", delayed: "came late", doubled: "came twice" };

const list = byId("timeline");
const onlyRouted = byId("only-routed");
const items = new Map();
let counting;

onlyRouted.addEventListener("change", () => {
  list.classList.toggle("only-routed", onlyRouted.checked);
});

/** Takes all events and all lines of what people did, oldest first. */
export function showAll(entries, lines) {
  const now = new Set([...entries.map(keyOf), ...lines.map(lineKey)]);
  for (const [key, item] of [...items].filter(([key]) => !now.has(key))) {
    item.element.remove();
    items.delete(key);
  }
  const all = [
    ...entries.map((entry) => ({ at: entry.at, put: () => show(entry) })),
    ...lines.map((line) => ({ at: line.at, put: () => say(line) })),
  ];
  for (const { put } of all.toSorted((a, b) => a.at - b.at)) put();
}

/** Takes an event that is new, or of which more is known. */
export function show(entry) {
  const item = items.get(keyOf(entry)) ?? addItem(entry);
  item.entry = entry;
  item.element.classList.toggle("unrouted", entry.route === undefined);
  item.outcome.replaceChildren(...outcome(entry));
  if (item.isOpen) item.details.replaceChildren(...details(entry));
  count();
}

/** Takes a line of what somebody did. */
export function say(line) {
  if (items.has(lineKey(line))) return;
  const element = el("li", { class: "line" }, timeElement(line.at), el("p", {}, line.text));
  items.set(lineKey(line), { element });
  insert(element, line.at);
}

/** Draws what is open and shows this message again, unless somebody is at work in it. */
export function refresh(ts) {
  const shown = [...items.values()].filter(({ isOpen, entry }) => isOpen && entry.entryTs === ts);
  for (const { details: box, entry } of shown) if (!box.contains(document.activeElement)) box.replaceChildren(...details(entry));
}

const keyOf = ({ number }) => `event ${number}`;
const lineKey = ({ number }) => `line ${number}`;

function addItem(entry) {
  const detail = entry.envelope?.detail ?? {};
  const item = { isOpen: false, entry, outcome: el("p", { class: "outcome" }), details: el("div", { class: "details", hidden: true }) };
  const toggle = () => {
    item.isOpen = !item.isOpen;
    item.button.setAttribute("aria-expanded", String(item.isOpen));
    item.details.hidden = !item.isOpen;
    item.details.replaceChildren(...(item.isOpen ? details(item.entry) : []));
  };
  item.button = el(
    "button",
    { type: "button", class: "event", "aria-expanded": "false", onclick: toggle },
    el("span", { class: "source" }, detail.SourceIdentifier ?? "an event without a source"),
    el("span", { class: "words" }, detail.Message ?? "without words"),
  );
  item.element = el("li", {}, timeElement(entry.at), el("div", {}, item.button, item.outcome, item.details));
  items.set(keyOf(entry), item);
  insert(item.element, entry.at);
  return item;
}

/** Newest first; what is as late as another comes above it. */
function insert(element, at) {
  element.dataset.at = String(at);
  const before = [...list.children].find((other) => Number(other.dataset.at) <= at);
  list.insertBefore(element, before ?? null);
}

function outcome({ route, signal, leftOut, fate, deadLetter, entryTs }) {
  const tag = (kind, text) => el("span", { class: `tag ${kind}` }, text);
  const end =
    (deadLetter && tag("bad", "could not be read")) ||
    (entryTs && tag("good", "told")) ||
    (leftOut && tag("", `left out: ${leftOut}`)) ||
    (route && fate !== "dropped" && tag("", signal ? "not told yet" : "on its way"));
  return [
    fate && tag("bad", FATES[fate] ?? fate),
    fate !== "dropped" && tag("", route ? `route ${route}` : "no route takes it"),
    signal && tag("", `signal ${signal}`),
    end,
  ].filter(Boolean);
}

function details(entry) {
  const message = entry.entryTs && messageOf(entry.entryTs);
  return [
    entry.deadLetter && el("p", { class: "trouble" }, entry.deadLetter),
    message &&
      el(
        "div",
        { class: "told" },
        el("p", { class: "hint" }, `Told in the thread at ${time(message.postedAt)} UTC:`),
        messageBody(message),
      ),
    message && el("button", { type: "button", class: "quiet", onclick: () => reveal(message.ts) }, "Show it in the channel"),
    el("pre", { tabindex: "0", role: "region", "aria-label": "The event's JSON" }, JSON.stringify(entry.envelope, null, 2)),
  ].filter(Boolean);
}

function count() {
  clearTimeout(counting);
  counting = setTimeout(showCount);
}

function showCount() {
  const events = [...items.values()].filter(({ entry }) => entry);
  const routed = events.filter(({ entry }) => entry.route !== undefined).length;
  byId("event-count").textContent = `${events.length} events, ${routed} routed to the guard`;
  byId("no-events").hidden = events.length > 0;
}
