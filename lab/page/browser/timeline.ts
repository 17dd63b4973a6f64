import type { Fate, JournalEntry } from "../../journal.ts";
import type { LineView } from "../views.ts";
import { messageBody } from "./blocks.ts";
import { messageOf, reveal } from "./channel.ts";
import { byId, el, time, timeElement } from "./dom.ts";

const FATES: Record<Fate, string> = { dropped: "lost on its way", delayed: "came late", doubled: "came twice" };

/** An event in the list, whose details are drawn while it is open. */
interface EventItem {
  entry: JournalEntry;
  isOpen: boolean;
  readonly element: HTMLElement;
  readonly outcome: HTMLElement;
  readonly details: HTMLElement;
}

const list = byId("timeline");
const onlyRouted = byId("only-routed", HTMLInputElement);
const events = new Map<number, EventItem>();
const sayings = new Map<number, { element: HTMLElement }>();
let counting: number | undefined;

onlyRouted.addEventListener("change", () => {
  list.classList.toggle("only-routed", onlyRouted.checked);
});

/** Takes all events and all lines of what people did, oldest first. */
export function showAll(entries: readonly JournalEntry[], lines: readonly LineView[]): void {
  removeOthers(events, entries);
  removeOthers(sayings, lines);
  const all = [
    ...entries.map((entry) => ({ at: entry.at, put: () => show(entry) })),
    ...lines.map((line) => ({ at: line.at, put: () => say(line) })),
  ];
  for (const { put } of all.toSorted((a, b) => a.at - b.at)) put();
}

/** Takes an event that is new, or of which more is known. */
export function show(entry: JournalEntry): void {
  const item = events.get(entry.number) ?? addItem(entry);
  item.entry = entry;
  item.element.classList.toggle("unrouted", entry.route === undefined);
  item.outcome.replaceChildren(...outcome(entry));
  if (item.isOpen) item.details.replaceChildren(...details(entry));
  count();
}

/** Takes a line of what somebody did. */
export function say(line: LineView): void {
  if (sayings.has(line.number)) return;
  const element = el("li", { class: "line" }, timeElement(line.at), el("p", {}, line.text));
  sayings.set(line.number, { element });
  insert(element, line.at);
}

/** Draws what is open and shows this message again, unless somebody is at work in it. */
export function refresh(ts: string): void {
  const shown = [...events.values()].filter(({ isOpen, entry }) => isOpen && entry.entryTs === ts);
  for (const { details: box, entry } of shown) if (!box.contains(document.activeElement)) box.replaceChildren(...details(entry));
}

function removeOthers(items: Map<number, { element: HTMLElement }>, kept: readonly { number: number }[]): void {
  const numbers = new Set(kept.map(({ number }) => number));
  for (const [number, { element }] of [...items].filter(([number]) => !numbers.has(number))) {
    element.remove();
    items.delete(number);
  }
}

function addItem(entry: JournalEntry): EventItem {
  const { SourceIdentifier: source, Message: words } = entry.envelope.detail;
  const toggle = () => {
    item.isOpen = !item.isOpen;
    button.setAttribute("aria-expanded", String(item.isOpen));
    item.details.hidden = !item.isOpen;
    item.details.replaceChildren(...(item.isOpen ? details(item.entry) : []));
  };
  const button = el(
    "button",
    { type: "button", class: "event", "aria-expanded": "false", onclick: toggle },
    el("span", { class: "source" }, source),
    el("span", { class: "words" }, words),
  );
  const outcome = el("p", { class: "outcome" });
  const box = el("div", { class: "details", hidden: true });
  const element = el("li", {}, timeElement(entry.at), el("div", {}, button, outcome, box));
  const item: EventItem = { entry, isOpen: false, element, outcome, details: box };
  events.set(entry.number, item);
  insert(element, entry.at);
  return item;
}

/** Newest first; what is as late as another comes above it. */
function insert(element: HTMLElement, at: number): void {
  element.dataset.at = String(at);
  const before = [...list.querySelectorAll<HTMLElement>(":scope > li")].find((other) => Number(other.dataset.at) <= at);
  list.insertBefore(element, before ?? null);
}

function outcome({ route, signal, leftOut, fate, deadLetter, entryTs }: JournalEntry): HTMLElement[] {
  const tag = (kind: string, text: string) => el("span", { class: `tag ${kind}` }, text);
  const end =
    (deadLetter && tag("bad", "could not be read")) ||
    (entryTs && tag("good", "told")) ||
    (leftOut && tag("", `left out: ${leftOut}`)) ||
    (route && fate !== "dropped" && tag("", signal ? "not told yet" : "on its way"));
  return [
    fate && tag("bad", FATES[fate]),
    fate !== "dropped" && tag("", route ? `route ${route}` : "no route takes it"),
    signal && tag("", `signal ${signal}`),
    end,
  ].filter((it) => it instanceof HTMLElement);
}

function details({ deadLetter, entryTs, envelope }: JournalEntry): HTMLElement[] {
  const message = entryTs === undefined ? undefined : messageOf(entryTs);
  return [
    deadLetter && el("p", { class: "trouble" }, deadLetter),
    message &&
      el(
        "div",
        { class: "told" },
        el("p", { class: "hint" }, `Told in the thread at ${time(message.postedAt)} UTC:`),
        messageBody(message),
      ),
    message && el("button", { type: "button", class: "quiet", onclick: () => reveal(message.ts) }, "Show it in the channel"),
    el("pre", { tabindex: "0", role: "region", "aria-label": "The event's JSON" }, JSON.stringify(envelope, null, 2)),
  ].filter((it) => it instanceof HTMLElement);
}

function count(): void {
  clearTimeout(counting);
  counting = window.setTimeout(showCount);
}

function showCount(): void {
  const routed = [...events.values()].filter(({ entry }) => entry.route !== undefined).length;
  byId("event-count").textContent = `${events.size} events, ${routed} routed to the guard`;
  byId("no-events").hidden = events.size > 0;
}
