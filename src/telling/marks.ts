import type { Posted } from "../clients/slack/slack.ts";
import { cardOf, withPost } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import type { Due, DueMessage } from "./due.ts";

/** What a message leaves in the record. */
export type Mark = (record: DeploymentRecord) => DeploymentRecord;

/** True for a message that does not stand anywhere yet. */
export const isNew = (due: DueMessage | undefined): boolean => due !== undefined && due.at === undefined;
/** True for one that takes the place of another. */
export const isUpdate = (due: DueMessage | undefined): boolean => due?.at !== undefined;

/** What a message leaves in the record: where it stands now; nothing of one that is gone, so that it is posted anew. */
export function markOf({ post, at }: DueMessage, posted: Posted | undefined): Mark {
  return (record) => {
    if (posted) return { ...record, posts: withPost(record.posts, { ...post, in: posted.channel, ts: posted.ts }) };
    return { ...record, posts: record.posts.filter((it) => it.ts !== at?.ts), refresh: true };
  };
}

/** That Slack refused once more to change what stands at `ts`. */
export function refusedMark(ts: string): Mark {
  return (record) => ({
    ...record,
    posts: record.posts.map((post) => (post.ts === ts ? { ...post, refused: (post.refused ?? 0) + 1 } : post)),
  });
}

/** Slack accepts a reply to a deleted card and moves it to the channel: a new card is needed. */
export function withoutGoneCard(posted: Posted | undefined, thread: { ts: string } | undefined): Mark {
  return (record) => {
    if (thread === undefined || posted?.inThread !== false) return record;
    return { ...record, posts: record.posts.filter(({ ts }) => ts !== thread.ts), refresh: true };
  };
}

/**
 * The record while its posts are changed: a run that dies between Slack's answer and the mark must not leave the old digest behind, and a
 * card that is not taken still has to be changed.
 */
export function begunOf(record: DeploymentRecord, { card, entry }: Due): DeploymentRecord {
  const changing = new Set([card?.at?.ts, entry?.at?.ts].filter((ts) => ts !== undefined));
  if (changing.size === 0) return record;
  return {
    ...record,
    refresh: record.refresh || card !== undefined || undefined,
    posts: record.posts.map((post) => (post.ts !== undefined && changing.has(post.ts) ? { ...post, made: undefined } : post)),
  };
}

/** The record once all of it is told. */
export function settledOf(record: DeploymentRecord, by: string): DeploymentRecord {
  const lease = othersOf(record, by);
  if (record.refresh === undefined && lease === record.lease) return record;
  return { ...record, refresh: undefined, lease };
}

/** The record while the channel takes nothing of it: the index says that it waits. */
export function waitingOf(record: DeploymentRecord, due: Due, by: string): DeploymentRecord {
  const lease = othersOf(record, by);
  const refresh = record.refresh || due.card !== undefined || undefined;
  return lease === record.lease && refresh === record.refresh ? record : { ...record, refresh, lease };
}

/** The lease of anybody else. */
export const othersOf = ({ lease }: DeploymentRecord, by: string): DeploymentRecord["lease"] => (lease?.by === by ? undefined : lease);

/** The thread that an entry belongs in; undefined if there is no card. */
export function threadOf(
  record: DeploymentRecord,
  { card: cardDue, entry }: Due,
  channel: string,
): { ts: string; broadcast: boolean } | undefined {
  // Another deployment's card becomes its own at the same moment.
  const card = cardOf(record) ?? cardDue?.at;
  // A card that stands in a channel that was set before has its thread there.
  const ts = card?.in === channel ? card.ts : undefined;
  return ts === undefined || !entry ? undefined : { ts, broadcast: entry.facts.some(({ announce }) => announce) };
}
