import type { KnownBlock } from "@slack/types";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import { isInParts } from "../in-parts.ts";
import * as words from "../language.ts";
import type { WatchedFrom } from "../watched-from.ts";
import { type CardNotes, linesOf } from "./card.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, fields, type Message, message, part, section } from "./message.ts";

/** What a card has no room for, in its thread: both sides, replication, and RDS's own words. */
export function cardDetails(standing: Standing, from?: WatchedFrom, as: Form = slackForm(true), notes: CardNotes = {}): Message {
  const { left } = linesOf(standing, from, as, notes);
  const text = `${inNotification.text(standing.name, 90)}: ${words.CARD.details}`;
  const body = [
    ...detailBlocks(standing, as),
    ...(left.length > 0 ? [part(words.CARD.nextStep, left, as)] : []),
    context(words.cardFooter(standing, as)),
  ];
  return message("info", text, section(as.strong(words.CARD.details)), body);
}

/** Both sides, the members, replication and status details; with `now` (milliseconds since 1970) how old what it says of the lag is. */
export function detailBlocks(standing: Standing, as: Form, now?: number): KnownBlock[] {
  const { statusDetails, members } = standing;
  return [
    fields(words.blueAndGreen(standing, as)),
    ...(isInParts(standing) ? [part(words.CARD.members, words.memberLines(members, as), as)] : []),
    part(words.CARD.replication, [words.replicationLine(standing, as, now)], as),
    ...(statusDetails ? [part(words.CARD.statusDetails, [as.text(statusDetails, 400)], as)] : []),
  ];
}
