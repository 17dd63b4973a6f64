import { hashOf } from "../facts/hash-of.ts";
import { takingOf } from "../facts/incident.ts";
import { cardOf, factsIn, type Post } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import { cardDetails } from "../messages/slack/card-details.ts";
import { digestDetails } from "../messages/slack/digest.ts";
import { noticeDetails } from "../messages/slack/notice.ts";
import type { Standing } from "../standing/standing.ts";
import { type ThreadEntry, threadEntryOf } from "../standing/thread-entry.ts";
import type { DueMessage, Teller } from "./due-message.ts";

/** The details in a channel's thread that are missing or out of date: the card's first. */
export function detailsDueOf(
  record: DeploymentRecord,
  standing: Standing | undefined,
  channel: string,
  teller: Teller,
): DueMessage | undefined {
  const card = cardOf(record);
  if (card?.in !== channel || !standing || record.continuedBy !== undefined) return undefined;
  return (
    ofCard(card, standing, { ...teller, notes: { ...teller.notes, taking: takingOf(record) } }) ??
    ofEntries(record, standing, channel, teller)
  );
}

function ofCard(card: Post, standing: Standing, { from, form, notes }: Teller): DueMessage | undefined {
  const message = cardDetails(standing, from, form, notes);
  return dueIn(card, message, hashOf(message));
}

function ofEntries(record: DeploymentRecord, standing: Standing, channel: string, { form }: Teller): DueMessage | undefined {
  for (const post of record.posts) {
    const { of, made, details } = post;
    if (of === "card" || post.in !== channel || !details || made === undefined || details.made === made) continue;
    const message = entryDetails(
      factsIn(record, post).map((fact) => threadEntryOf(fact, record.facts, standing)),
      form,
    );
    if (message) return dueIn(post, message, made);
  }
  return undefined;
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
