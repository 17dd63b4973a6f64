import type { Severity } from "../../rules/rule.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, cut, type Message, message, section } from "./message.ts";

const MOST_LINES = 40;
const LONGEST_DETAIL = 160;
// Slack takes 3,000 characters per section and about 12,000 per message. Source: Slack, "Blocks"; slackapi/bolt-js, issues 2509 and 2867.
const SECTION_LENGTH = 2_900;
const LENGTH = 9_500;
const GRAVEST_FIRST: Severity[] = ["critical", "warning", "good", "info"];

/** One entry for facts that have piled up, newest first, with what to do about grave ones; the gravest are always listed. */
export function digest(entries: readonly ThreadEntry[], as = slackForm(false)): Message {
  const newestFirst = [...entries].sort((a, b) => b.at.localeCompare(a.at));
  const severity = GRAVEST_FIRST.find((it) => entries.some((entry) => entry.severity === it)) ?? "info";
  const title = words.DIGEST.title(entries.length);
  const body = sections(linesOf(newestFirst, as)).map((lines) => section(lines));
  const more = entries.length > MOST_LINES ? [words.DIGEST.notListed(entries.length - MOST_LINES)] : [];
  const span = words.DIGEST.span(newestFirst.at(-1)?.at ?? "", newestFirst[0]?.at ?? "", as);
  const name = newestFirst[0]?.deployment?.name ?? newestFirst[0]?.richest?.sourceIdentifier ?? "";
  const footer = context([words.SEVERITY_WORD[severity], span, ...more].join(" · "));
  return message(severity, `${inNotification.text(name, 90)}: ${title}`, section(as.strong(title)), [...body, footer]);
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
  return lines.map((it) => `\n      ${whole(cut(it, LONGEST_DETAIL))}`).join("");
}

/** Closes a code span that was cut, so that it does not run into the next line. */
function whole(text: string): string {
  return text.split("`").length % 2 === 0 ? `${text}\`` : text;
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
