import type { KnownBlock } from "@slack/types";
import type { Severity } from "../../rules/rule.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";
import { firstLines } from "./notice.ts";

const MOST_LINES = 40;
const LONGEST_DETAIL = 160;
// Slack takes 3,000 characters per section and about 12,000 per message. Source: Slack, "Blocks"; slackapi/bolt-js, issues 2509 and 2867.
const SECTION_LENGTH = 2_900;
const LENGTH = 9_500;
const GRAVEST_FIRST: Severity[] = ["critical", "warning", "good", "info"];

/**
 * One entry for facts that have piled up. The channel reads the gravest of what it has to notice, and how much else happened; the thread has
 * the list.
 */
export function digest(entries: readonly ThreadEntry[], as = slackForm(false)): Message {
  const { first, newestFirst } = inOrder(entries);
  const { deployment, severity } = first;
  const others = words.DIGEST.others(entries.length - 1, newestFirst.at(-1)?.at ?? "", newestFirst[0]?.at ?? "", as);
  if (!first.announce || !deployment) {
    const title = words.DIGEST.title(entries.length);
    const name = deployment?.name ?? first.richest?.sourceIdentifier ?? "";
    return message(severity, `${inNotification.text(name, 90)}: ${title}`, section(as.strong(title)), listOf(entries, as));
  }
  const { heading, push, where } = firstLines(first, deployment, as);
  return message(severity, push, heading, [where, section([words.cardSays, others].join("\n"))]);
}

/** The list of what a digest tells, for its thread, if the channel shows it: newest first, with what to do about what is grave. */
export function digestDetails(entries: readonly ThreadEntry[], as: Form = slackForm(true)): Message | undefined {
  const { first } = inOrder(entries);
  if (!first.announce || !first.deployment) return undefined;
  const heading = words.moreAbout(words.advice(first, as).title);
  const text = `${inNotification.text(first.deployment.name, 90)}: ${heading}`;
  const list = [section(words.DIGEST.title(entries.length)), ...listOf(entries, as)];
  return message("info", text, section(as.strong(heading)), list);
}

/** What comes first: what has to be noticed, then what is gravest, then what is newest. */
function inOrder(entries: readonly ThreadEntry[]): { first: ThreadEntry; newestFirst: ThreadEntry[] } {
  const newestFirst = [...entries].sort((a, b) => b.at.localeCompare(a.at));
  const rank = ({ announce, severity }: ThreadEntry) => (announce ? 0 : GRAVEST_FIRST.length) + GRAVEST_FIRST.indexOf(severity);
  const [first = entries[0] as ThreadEntry] = newestFirst.toSorted((a, b) => rank(a) - rank(b));
  return { first, newestFirst };
}

function listOf(entries: readonly ThreadEntry[], as: Form): KnownBlock[] {
  const { newestFirst } = inOrder(entries);
  const more = entries.length > MOST_LINES ? [words.DIGEST.notListed(entries.length - MOST_LINES)] : [];
  const span = words.DIGEST.span(newestFirst.at(-1)?.at ?? "", newestFirst[0]?.at ?? "", as);
  return [...sections(linesOf(newestFirst, as)).map((lines) => section(lines)), context([span, ...more].join(" · "))];
}

/** The lines that fit, newest first; if not all details fit, the gravest keep theirs. */
function linesOf(newestFirst: readonly ThreadEntry[], as: Form): string[] {
  const gravestFirst = [...newestFirst].sort((a, b) => GRAVEST_FIRST.indexOf(a.severity) - GRAVEST_FIRST.indexOf(b.severity));
  const listed = gravestFirst.slice(0, MOST_LINES);
  let room = LENGTH - listed.map((it) => headline(it, as)).join("\n").length;
  const lines = new Map<ThreadEntry, string>();
  for (const entry of listed) {
    const more = details(entry, as);
    const shown = more.length <= room ? more : "";
    room -= shown.length;
    lines.set(entry, headline(entry, as) + shown);
  }
  return newestFirst.flatMap((entry) => lines.get(entry) ?? []);
}

function headline(entry: ThreadEntry, as: Form): string {
  return `• ${as.time(entry.at)} · ${words.SEVERITY_WORD[entry.severity]} · ${as.strong(words.advice(entry, as).title)}`;
}

/** What to do about a grave fact, or RDS's own words for an event that no rule knows. */
function details(entry: ThreadEntry, as: Form): string {
  const { severity, signal, richest } = entry;
  // Coordinates are of use to nobody unless they are said.
  const grave = severity === "critical" || severity === "warning" || signal === "binary-log-coordinates";
  const said = signal === "other-deployment-event" ? [as.text(richest?.message ?? "", LONGEST_DETAIL)] : [];
  const lines = said.length > 0 ? said : grave ? words.advice(entry, as).lines.slice(0, 2) : [];
  return lines.map((it) => `\n      ${it}`).join("");
}

function sections(lines: readonly string[]): string[] {
  const packed: string[] = [];
  for (const line of lines) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + line.length < SECTION_LENGTH) packed[packed.length - 1] = `${last}\n${line}`;
    else packed.push(line);
  }
  return packed;
}
