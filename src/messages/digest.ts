import type { KnownBlock } from "@slack/types";
import type { Telling } from "../deployments/telling.ts";
import type { Severity } from "../rules/rule.ts";
import { advice } from "./advice.ts";
import { context, type Message, message, SEVERITY_WORD, section } from "./message.ts";
import { plain, shorten } from "./mrkdwn.ts";
import { utc } from "./time.ts";

const MOST_LINES = 40;
const LINES_A_SECTION = 10;
const GRAVEST_FIRST: Severity[] = ["critical", "warning", "good", "info"];

/** One entry for facts that have piled up: newest first, a line or two each. */
export function digest(tellings: readonly Telling[]): Message {
  const newestFirst = [...tellings].sort((a, b) => b.at.localeCompare(a.at));
  const severity = GRAVEST_FIRST.find((it) => tellings.some((telling) => telling.severity === it)) ?? "info";
  const title = `${tellings.length} things happened, newest first`;
  const lines = newestFirst.slice(0, MOST_LINES).map(line);
  const body: KnownBlock[] = chunks(lines).map((chunk) => section(chunk.join("\n")));
  const more = tellings.length > MOST_LINES ? ` · ${tellings.length - MOST_LINES} earlier ones are not listed` : "";
  const first = newestFirst.at(-1)?.at ?? "";
  const name = newestFirst[0]?.deployment?.name ?? newestFirst[0]?.richest?.sourceIdentifier ?? "";
  body.push(context(`${SEVERITY_WORD[severity]} · from ${utc(first)} to ${utc(newestFirst[0]?.at ?? "")}${more}`));
  return message(severity, `${plain(name, 90)}: ${title}`, section(`*${title}*`), body);
}

/** When, what, and for what is grave what to do about it. */
function line(telling: Telling): string {
  const { title, lines } = advice(telling);
  const grave = telling.severity === "critical" || telling.severity === "warning";
  const more = grave ? lines.slice(0, 2).map((it) => `\n      ${shorten(it, 120)}`) : [];
  return `• ${utc(telling.at)} · ${SEVERITY_WORD[telling.severity]} · *${title}*${more.join("")}`;
}

function chunks(lines: string[]): string[][] {
  const starts = Array.from({ length: Math.ceil(lines.length / LINES_A_SECTION) }, (_, index) => index * LINES_A_SECTION);
  return starts.map((start) => lines.slice(start, start + LINES_A_SECTION));
}
