import type { KnownBlock } from "@slack/types";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import { isInParts } from "../in-parts.ts";
import * as words from "../language.ts";
import type { WatchedFrom } from "../watched-from.ts";
import { buttons, offer } from "./buttons.ts";
import { inHeader, inNotification, slackForm } from "./form.ts";
import { context, fields, header, type Message, message, part } from "./message.ts";

/** What a card says of the channels. */
export interface CardNotes {
  /** The tag that names a channel which no setting lists. */
  ignored?: { tag: string; value: string };
  /** The channel that refuses the card, and Slack's words. */
  refused?: { channel: string; why: string };
}

/**
 * The one Slack message for a deployment: what it is, its state, and what to do next.
 *
 * Has buttons for what to do next with `commands`, that is if Slack sends commands to the guard. `from` is the computer whose terminal
 * watches, if no deployed guard does.
 */
export function card(summary: Standing, commands = false, from?: WatchedFrom, as = slackForm(commands), notes: CardNotes = {}): Message {
  const title = words.titleOf(summary);
  const heading = header(`${inHeader.text(summary.name, 90)} · ${title}`);
  const offered = commands ? summary.offers.map((operation) => offer(operation, summary.id)) : [];
  const footer = context(words.cardFooter(summary, from, as));
  const body = [...cardBody(summary, as), ...(offered.length > 0 ? [buttons(...offered)] : []), ...noteLines(notes, as), footer];
  return message(summary.severity, `${inNotification.text(summary.name, 90)}: ${title}`, heading, body);
}

function noteLines({ ignored, refused }: CardNotes, as: Form): KnownBlock[] {
  return [
    ...(refused ? [context(words.refusesCard(refused.channel, refused.why, as))] : []),
    ...(ignored ? [context(words.ignoresChannel(ignored.tag, ignored.value, as))] : []),
  ];
}

/** What the card says below its heading; with `now` (milliseconds since 1970) how old what it says of the lag is. */
export function cardBody(summary: Standing, as: Form, now?: number): KnownBlock[] {
  const { statusDetails } = summary;
  return [
    fields(words.blueAndGreen(summary, as)),
    ...(isInParts(summary) ? [part(words.CARD.members, words.memberLines(summary.members, as), as)] : []),
    ...(summary.phase === "provisioning" ? progress(summary, as) : []),
    ...(summary.operation ? operating(summary.operation, as) : []),
    part(words.CARD.replication, [words.replicationLine(summary, as, now)], as),
    ...(statusDetails ? [part(words.CARD.statusDetails, [as.text(statusDetails, 400)], as)] : []),
    part(words.CARD.nextStep, [words.nextStep(summary, as)], as),
  ];
}

function operating({ name, step, said, shows, since, failed, isOver }: NonNullable<Standing["operation"]>, as: Form): KnownBlock[] {
  if (step === undefined || failed !== undefined || isOver) return [];
  // A time does not grow old, as a duration would, which somebody has to keep up to date.
  const lines = [`${bar(step)} ${words.stepDone(step, since, as)}`, ...(said ? [words.saidWords(said, as)] : [])];
  return [part(words.operationWords(name).doing, [...lines, ...(shows ? [words.waitsFor(words.shownWords(shows, as))] : [])], as)];
}

function progress(summary: Standing, as: Form): KnownBlock[] {
  const { done, of } = summary.progress;
  return of === 0 ? [] : [part(words.CARD.progress, [`${bar({ at: done, of })} ${words.tasksDone(summary, as)}`], as)];
}

const bar = ({ at, of }: { at: number; of: number }): string => "█".repeat(at) + "░".repeat(of - at);
