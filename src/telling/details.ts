import { hashOf } from "../facts/hash-of.ts";
import { takingOf } from "../facts/incident.ts";
import { cardOf, factsIn, isDetailDue, type Post } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import { cardDetails } from "../messages/slack/card-details.ts";
import { digestDetails } from "../messages/slack/digest.ts";
import { noticeDetails } from "../messages/slack/notice.ts";
import type { Standing } from "../standing/standing.ts";
import { type ThreadEntry, threadEntryOf } from "../standing/thread-entry.ts";
import type { DueMessage, Teller } from "./due-message.ts";

/** Which posts' details a turn was refused, as `detailsKey` has them, and whether a new message may go out with them. */
export interface DetailsRoom {
  leftOut: ReadonlySet<string>;
  new: boolean;
}

/** What a post's details are known by while nothing else is sent in their place. */
export const detailsKey = ({ of, ts = "" }: Post): string => `${of === "card" ? of : of.join()} ${ts}`;

/** The details in a channel's thread that are missing or out of date, and that there is room for: the card's first. */
export function detailsDueOf(
  record: DeploymentRecord,
  standing: Standing | undefined,
  channel: string,
  teller: Teller,
  room: DetailsRoom,
): DueMessage | undefined {
  if (!standing) return undefined;
  for (const post of inOrder(record)) {
    const hasRoom = post.details?.ts !== undefined || room.new;
    if (post.in !== channel || !hasRoom || room.leftOut.has(detailsKey(post))) continue;
    const due =
      post.of === "card"
        ? ofCard(post, standing, { ...teller, notes: { ...teller.notes, taking: takingOf(record) } })
        : ofEntry(post, record, standing, teller);
    if (due) return due;
  }
  return undefined;
}

/** The card, unless it goes on as another deployment's, and the entries that have details. */
function inOrder(record: DeploymentRecord): Post[] {
  const card = record.continuedBy === undefined ? cardOf(record) : undefined;
  return [...(card ? [card] : []), ...record.posts.filter((post) => post.of !== "card" && isDetailDue(post))];
}

function ofCard(card: Post, standing: Standing, { from, form, notes }: Teller): DueMessage | undefined {
  const message = cardDetails(standing, from, form, notes);
  return dueIn(card, message, hashOf(message));
}

function ofEntry(post: Post, record: DeploymentRecord, standing: Standing, { form }: Teller): DueMessage | undefined {
  const entries = factsIn(record, post).map((fact) => threadEntryOf(fact, record.facts, standing));
  const message = entryDetails(entries, form);
  return message && post.made !== undefined ? dueIn(post, message, post.made) : undefined;
}

/** What an entry that the channel shows leaves to its thread. */
export function entryDetails(entries: readonly ThreadEntry[], form: Teller["form"]): DueMessage["message"] | undefined {
  const [only] = entries;
  if (!only) return undefined;
  return entries.length === 1 ? noticeDetails(only, form) : digestDetails(entries, form);
}

function dueIn(post: Post, message: DueMessage["message"], made: string): DueMessage | undefined {
  const { of, details = {} } = post;
  if (details.made === made) return undefined;
  const at = details.ts === undefined ? undefined : { ...post, ts: details.ts, refused: details.refused };
  return { post: { of, made }, message, at, facts: [], detailsOf: post };
}
