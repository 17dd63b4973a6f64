import type { KnownBlock } from "@slack/types";
import { duration, utc } from "../deployments/time-words.ts";
import type { OperationRequest } from "../operations/request.ts";
import type { Asker } from "../operations/says/asker.ts";
import type { Check } from "../plans/checks.ts";
import type { Standing } from "../standing/standing.ts";
import type { ThreadEntry } from "../standing/thread-entry.ts";
import { advice } from "./advice.ts";
import { cardBody, titleOf } from "./card.ts";
import { OPERATION_WORDS, whoAsks } from "./en/operations/names.ts";
import { saidWords } from "./en/operations/said.ts";
import { context, header, type Message, message, section } from "./message.ts";
import { code, oneLine, plain } from "./mrkdwn.ts";
import { nextStep } from "./next-step.ts";
import { checkLines } from "./plan-message.ts";
import { slackForm } from "./slack/form.ts";

/** A deployment as the status command shows it. */
export interface StatusLine {
  summary: Standing;
  /** Milliseconds since its creation. */
  ageMs?: number;
  /** The latest thread entry. */
  last?: ThreadEntry;
  /** What the guard is doing, or has left unfinished. */
  operation?: Doing;
}

type Doing = Pick<OperationRequest, "operation" | "deploymentName" | keyof Asker | "notes" | "outcome">;

const AS = slackForm(true);

const MOST_LEFT = 5;
// Slack takes 50 blocks per message, and about 12,000 characters in all. Source: Slack, "Blocks"; slackapi/bolt-js, issues 2509 and 2867.
const MOST_DEPLOYMENTS = 40;
const LENGTH = 9_500;
const NAMES_LENGTH = 900;

/** A paragraph for every deployment that fits, the names of the others, and what the guard left unfinished on those that are gone. */
export function statusOfAll(all: readonly StatusLine[], left: readonly Doing[]): Message {
  if (all.length === 0 && left.length === 0) {
    const nothing = "RDS lists no blue/green deployment in this account and region.";
    return message("info", nothing, section(nothing), [context("When one is created, its card appears in the guard's channel.")]);
  }
  const unfinished = left.slice(0, MOST_LEFT).map((it) => [`*${plain(it.deploymentName, 90)}* · gone`, ...doing(it)].join("\n"));
  const room = LENGTH - unfinished.join("").length;
  const shown = fitting(all.slice(0, MOST_DEPLOYMENTS).map(paragraph), room);
  const more = all.slice(shown.length).map(({ summary }) => code(summary.name, 60));
  const title = all.length === 1 ? "One blue/green deployment" : `${all.length} blue/green deployments`;
  return message("info", title, header(title), [
    ...[...shown, ...unfinished].map(section),
    ...(more.length > 0
      ? [context(`… and ${more.length} more: \`/bluegreen status NAME\` shows one. ${fitting(more, NAMES_LENGTH).join(", ")}`)]
      : []),
  ]);
}

/** The first texts that have at most `length` characters together. */
function fitting(texts: readonly string[], length: number): string[] {
  let room = length;
  const tooMuch = texts.findIndex((text) => {
    room -= text.length;
    return room < 0;
  });
  return texts.slice(0, tooMuch === -1 ? undefined : tooMuch);
}

/** A deployment in full at `now` (milliseconds since 1970), with what its switchover needs. */
export function statusOfOne(line: StatusLine, readiness: readonly Check[], now: number): Message {
  const { summary } = line;
  const title = `${oneLine(summary.name, 90)} · ${titleOf(summary)}`;
  const body: KnownBlock[] = [
    ...cardBody(summary, AS, now),
    section([...facts(line), ...doing(line.operation, summary)].join("\n") || "Nothing was told of it yet."),
    section(`*What a switchover needs*\n${checkLines(readiness, slackForm(true)).join("\n")}`),
  ];
  return message("info", plain(title), header(title), body);
}

function paragraph(line: StatusLine): string {
  const { summary } = line;
  return [
    `*${plain(summary.name, 90)}* · ${titleOf(summary)}${progress(summary)}`,
    `${code(summary.id, 60)} · ${versions(summary)}`,
    ...facts(line),
    ...doing(line.operation, summary),
    `*Next:* ${nextStep(summary, AS)}`,
  ].join("\n");
}

function progress({ phase, progress: { done, of, now } }: Standing): string {
  return phase === "provisioning" && of > 0 ? ` · ${done} of ${of} tasks${now ? `, now ${code(now, 60)}` : ""}` : "";
}

function versions({ source, target }: Standing): string {
  const [from, to] = [source.database, target?.database];
  if (!from) return "versions not known";
  return `${plain(from.engine, 40)} ${plain(from.engineVersion, 40)}${to ? ` → ${plain(to.engineVersion, 40)}` : ""}`;
}

function facts({ ageMs, last }: StatusLine): string[] {
  const parts = [ageMs === undefined ? undefined : `${duration(ageMs)} old`, last && `last: ${advice(last).title}, ${utc(last.at)}`];
  const said = parts.filter((it) => it !== undefined).join(" · ");
  return said === "" ? [] : [said];
}

function doing(operation: Doing | undefined, summary?: Standing): string[] {
  if (!operation) return [];
  const said = operation.outcome?.said ?? operation.notes?.at(-1)?.said;
  const words = said ? saidWords(said, AS, summary) : "waits to be begun";
  const { noun } = OPERATION_WORDS[operation.operation];
  return [`*${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}*, asked for by ${whoAsks(operation, AS)}: ${words}`];
}
