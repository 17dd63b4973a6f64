import type { LabMessage } from "../../lab/slack/messages.ts";
import { PEOPLE } from "../../lab/slack/people.ts";
import type { Story } from "../../lab/stories/story.ts";
import type { Change, Deed, Happening } from "./happening.ts";
import { markdown, paragraphsOf, quotation } from "./markdown.ts";
import { type ReadBefore, words } from "./read-before.ts";
import { steady } from "./steady.ts";

/** A story in Markdown: what people did, and each message where it is posted and where its words change; if `brief`, only what is new. */
export function storySection(
  { name, line }: Pick<Story, "name" | "line">,
  happenings: readonly Happening[],
  read: ReadBefore,
  brief = false,
): string {
  const messages = new Messages(name, read, brief);
  const told = grouped(happenings).flatMap((it) => ("said" in it ? [saidText(it)] : messages.text(it)));
  return steady([`### ${name}`, `${capital(line)}.`, ...told].join("\n\n"));
}

/** What people say at one moment, together. */
function grouped(happenings: readonly Happening[]): ((Omit<Deed, "said"> & { said: string[] }) | Change)[] {
  const groups: ReturnType<typeof grouped> = [];
  for (const it of happenings) {
    const before = groups.at(-1);
    if (!("said" in it)) groups.push(it);
    else if (before && "said" in before && before.at === it.at) before.said.push(it.said);
    else groups.push({ at: it.at, said: [it.said] });
  }
  return groups;
}

const saidText = ({ at, said: [first = "", ...rest] }: { at: number; said: string[] }): string =>
  markdown([`*${time(at)}* · ${first}`, ...rest]);

/** The messages of a story, numbered in the order in which they were posted. */
class Messages {
  readonly #story: string;
  readonly #read: ReadBefore;
  readonly #brief: boolean;
  readonly #numbers = new Map<string, number>();
  readonly #shown = new Map<string, string[][]>();

  constructor(story: string, read: ReadBefore, brief: boolean) {
    this.#brief = brief;
    this.#story = story;
    this.#read = read;
  }

  /** What is new to read; nothing if no words are. */
  text(change: Change): string[] {
    const { at, kind, message } = change;
    const before = this.#shown.get(message.ts);
    const number = this.#numbers.get(message.ts) ?? this.#numbers.size + 1;
    this.#numbers.set(message.ts, number);
    const head = `**${time(at)} · message ${number}**`;
    if (kind === "deleted") return [`${head} is deleted.`];
    const now = paragraphsOf(message);
    this.#shown.set(message.ts, now);
    return before ? this.#changed(head, before, now, message) : this.#posted(head, now, change);
  }

  #posted(head: string, now: string[][], { at, message }: Change): string[] {
    const [heading = []] = now;
    const known = this.#read.message(now, { section: this.#story, time: time(at) });
    const start = `${head}, ${this.#placeOf(message)}.${notification(message, heading)}`;
    if (known !== undefined) return this.#brief ? [] : [`${start} ${markdown(heading)} ${known}`];
    const unread = this.#read.unread(now);
    return [start, quotation(message.onlyFor === undefined ? now : [...new Set([heading, ...unread])])];
  }

  #changed(head: string, before: readonly string[][], now: string[][], message: LabMessage): string[] {
    const change = changeOf(before, now);
    const [heading = []] = now;
    const isOther = words(heading) !== words(before[0] ?? []);
    if (!change) return [];
    const unread = this.#read.unread(change.fresh).filter((it) => it !== heading || now.length === 1);
    const start = `${head} ${change.how}.${notification(message, heading)}`;
    if (unread.length > 0) return [start, quotation([...new Set([heading, ...unread])])];
    return isOther && !this.#brief ? [`${start} ${markdown(heading)}`] : [];
  }

  #placeOf({ threadTs, broadcast, onlyFor }: LabMessage): string {
    if (onlyFor !== undefined) return `visible to ${PEOPLE.find(({ id }) => id === onlyFor)?.name ?? onlyFor} alone`;
    if (threadTs === undefined) return "in the channel";
    return `in the thread of ${this.#numbers.get(threadTs) ?? "a message that is gone"}${broadcast ? " and in the channel" : ""}`;
  }
}

/** What is new in a message: its paragraphs with other words, and how it changed. Undefined if it is nothing but the small print. */
function changeOf(before: readonly string[][], now: readonly string[][]): { how: string; fresh: string[][] } | undefined {
  const known = new Set(before.map(words));
  const fresh = now.filter((it) => !known.has(words(it)));
  const kept = new Set(now.map(([first = ""]) => words([first])));
  const gone = before.slice(1).flatMap(([first = ""]) => (/^[*[]/.test(first) && !kept.has(words([first])) ? [markdown([first])] : []));
  if (fresh.length === now.length) return { how: "is replaced", fresh };
  if (gone.length === 0 && fresh.every((it) => it === now.at(-1))) return undefined;
  return { how: `changes${gone.length > 0 ? `; no longer there: ${gone.join(", ")}` : ""}`, fresh };
}

/** The notification, unless it is the deployment's name with the heading. */
function notification({ text }: LabMessage, heading: readonly string[]): string {
  const bare = (it: string) => it.replace(/[^\p{L}\p{N}]/gu, "");
  return bare(text).endsWith(bare(heading.join(""))) ? "" : ` Notification: “${markdown([text])}”`;
}

const time = (at: number): string => new Date(at).toISOString().slice(11, 16);

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
