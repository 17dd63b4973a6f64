import type { Posted } from "../clients/slack/slack.ts";
import { cardOf, isAt, type Post, withPost } from "../facts/posts.ts";
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
    return { ...record, posts: record.posts.filter((it) => !isAt(it, at)), refresh: true };
  };
}

/** That Slack refused once more to change what stands there. */
export function refusedMark(at: Post): Mark {
  return (record) => ({
    ...record,
    posts: record.posts.map((post) => (isAt(post, at) ? { ...post, refused: (post.refused ?? 0) + 1 } : post)),
  });
}

/** Slack accepts a reply to a deleted card and moves it to the channel: a new card is needed. */
export function withoutGoneCard(posted: Posted | undefined, thread: { ts: string } | undefined): Mark {
  return (record) => {
    if (thread === undefined || posted?.inThread !== false) return record;
    return { ...record, posts: record.posts.filter(({ of, ts }) => of !== "card" || ts !== thread.ts), refresh: true };
  };
}

/**
 * The record while its posts are changed: a run that dies between Slack's answer and the mark must not leave the old digest behind, and a
 * card that is not taken still has to be changed.
 */
export function begunOf(record: DeploymentRecord, { card, entry }: Due): DeploymentRecord {
  const changing = [card?.at, entry?.at].filter((at) => at !== undefined);
  if (changing.length === 0) return record;
  return {
    ...record,
    refresh: record.refresh || card !== undefined || undefined,
    posts: record.posts.map((post) => (changing.some((at) => isAt(post, at)) ? { ...post, made: undefined } : post)),
  };
}

/** The record once all that is due in a channel is told; its card is up to date if it stands there. */
export function settledOf(record: DeploymentRecord, isCardHere: boolean, by: string): DeploymentRecord {
  const leases = othersOf(record, by);
  const refresh = isCardHere ? undefined : record.refresh;
  return refresh === record.refresh && leases === record.leases ? record : { ...record, refresh, leases };
}

/** The record while the channel takes nothing of it: the index says that it waits. */
export function waitingOf(record: DeploymentRecord, due: Due, by: string): DeploymentRecord {
  const leases = othersOf(record, by);
  const refresh = record.refresh || due.card !== undefined || undefined;
  return leases === record.leases && refresh === record.refresh ? record : { ...record, refresh, leases };
}

/** The leases of all others. */
export function othersOf({ leases }: DeploymentRecord, by: string): DeploymentRecord["leases"] {
  const all = Object.entries(leases ?? {});
  const others = all.filter(([, lease]) => lease.by !== by);
  if (others.length === all.length) return leases;
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

/** How long after its end a lease is taken over: clocks may differ. */
const TAKEN_OVER_AFTER_MS = 5_000;

/** Until when somebody else tells of it in the channel, or on the bus (milliseconds since 1970); undefined if nobody does. */
export function heldUntil({ leases }: DeploymentRecord, place: string, by: string, now: number): number | undefined {
  const lease = leases?.[place];
  return lease && lease.by !== by && lease.until + TAKEN_OVER_AFTER_MS > now ? lease.until : undefined;
}

/** The thread in the channel that an entry belongs in; empty if the deployment has no card there. */
export function threadOf(
  record: DeploymentRecord,
  { card: cardDue, entry }: Due,
  channel: string,
): { thread?: { ts: string; broadcast: boolean } } {
  // Another deployment's card becomes its own at the same moment.
  const card = cardOf(record) ?? cardDue?.at;
  // A card that stands in another channel has its thread there.
  const ts = card?.in === channel ? card.ts : undefined;
  return ts === undefined || !entry ? {} : { thread: { ts, broadcast: entry.facts.some(({ announce }) => announce) } };
}
