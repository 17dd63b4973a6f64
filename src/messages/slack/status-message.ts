import type { KnownBlock } from "@slack/types";
import type { OperationRequest } from "../../operations/request.ts";
import type { Asker } from "../../operations/says/asker.ts";
import type { Check } from "../../plans/checks.ts";
import type { Standing } from "../../standing/standing.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import { underWay } from "./card.ts";
import { detailBlocks } from "./card-details.ts";
import { IN_SLACK, inHeader, inNotification } from "./form.ts";
import { context, header, type Message, message, part, section } from "./message.ts";
import { checkLines } from "./plan-message.ts";

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

const MOST_LEFT = 5;
// Slack takes 50 blocks per message, and about 12,000 characters in all. Source: Slack, "Blocks"; slackapi/bolt-js, issues 2509 and 2867.
const MOST_DEPLOYMENTS = 40;
const LENGTH = 9_500;
const NAMES_LENGTH = 900;

/** A paragraph for every deployment that fits, the names of the others, and what the guard left unfinished on those that are gone. */
export function statusOfAll(all: readonly StatusLine[], left: readonly Doing[]): Message {
  if (all.length === 0 && left.length === 0)
    return message("info", words.STATUS.nothing, section(words.STATUS.nothing), [context(words.STATUS.whenOneIs)]);
  const unfinished = left.slice(0, MOST_LEFT).map((it) => [words.STATUS.gone(it.deploymentName, IN_SLACK), ...doing(it)].join("\n"));
  const room = LENGTH - unfinished.join("").length;
  const shown = fitting(all.slice(0, MOST_DEPLOYMENTS).map(paragraph), room);
  const more = all.slice(shown.length).map(({ summary }) => IN_SLACK.code(summary.name, 60));
  const title = words.STATUS.count(all.length);
  return message("info", title, header(title), [
    ...[...shown, ...unfinished].map(section),
    ...(more.length > 0 ? [context(words.STATUS.more(more.length, fitting(more, NAMES_LENGTH), IN_SLACK))] : []),
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
  const title = words.titleOf(summary);
  const body: KnownBlock[] = [
    ...[words.impactOf(summary), ...underWay(summary, IN_SLACK)].filter((it) => it !== "").map((it) => section(it)),
    ...detailBlocks(summary, IN_SLACK, now),
    part(words.CARD.nextStep, [words.nextStep(summary, IN_SLACK)], IN_SLACK),
    section([...facts(line), ...doing(line.operation, summary)].join("\n") || words.STATUS.nothingTold),
    part(words.STATUS.needs, checkLines(readiness, IN_SLACK), IN_SLACK),
  ];
  const name = (as: Form) => `${as.text(summary.name, 90)} · ${title}`;
  return message("info", name(inNotification), header(name(inHeader)), body);
}

function paragraph(line: StatusLine): string {
  const { summary } = line;
  const { of } = summary.progress;
  const progress = summary.phase === "provisioning" && of > 0 ? ` · ${words.STATUS.tasks(summary, IN_SLACK)}` : "";
  return [
    `${IN_SLACK.strong(IN_SLACK.text(summary.name, 90))} · ${words.titleOf(summary)}${progress}`,
    `${IN_SLACK.code(summary.id, 60)} · ${words.STATUS.versions(summary, IN_SLACK)}`,
    ...facts(line),
    ...doing(line.operation, summary),
    `${IN_SLACK.strong(words.STATUS.next)} ${words.nextStep(summary, IN_SLACK)}`,
  ].join("\n");
}

function facts({ ageMs, last }: StatusLine): string[] {
  const told = last && words.STATUS.last(words.advice(last, IN_SLACK).title, last.at, IN_SLACK);
  const parts = [ageMs === undefined ? undefined : words.STATUS.age(ageMs), told];
  const said = parts.filter((it) => it !== undefined).join(" · ");
  return said === "" ? [] : [said];
}

const doing = (operation: Doing | undefined, summary?: Standing): string[] =>
  operation ? [words.doingWords(operation, summary, IN_SLACK)] : [];
