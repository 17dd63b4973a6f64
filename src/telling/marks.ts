import type { Posted } from "../clients/slack/slack.ts";
import { cardOf, type Details, isAt, isDetailDue, type Post, withPost } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import type { Due, DueMessage } from "./due-message.ts";

/** What a message leaves in the record. */
export type Mark = (record: DeploymentRecord) => DeploymentRecord;

/** What a message leaves in the record: where it stands now; nothing of one that is gone, so that it is posted anew. */
export function markOf({ post, at, detailsOf }: DueMessage, posted: Posted | undefined): Mark {
  if (detailsOf) return withDetails(detailsOf, () => (posted ? { ts: posted.ts, made: post.made } : {}));
  return (record) => {
    if (posted) {
      // Its details may have gone out with it.
      const details = post.details && (record.posts.find((it) => isAt(it, at))?.details ?? post.details);
      return { ...record, posts: withPost(record.posts, { ...post, ...(details && { details }), in: posted.channel, ts: posted.ts }) };
    }
    return { ...record, posts: record.posts.filter((it) => !isAt(it, at)), refresh: true };
  };
}

/** The details of the post that stands there. */
const withDetails =
  (at: Post, change: (details: Details) => Details): Mark =>
  (record) => ({
    ...record,
    posts: record.posts.map((post) => (isAt(post, at) && post.details ? { ...post, details: change(post.details) } : post)),
  });

const refusedOnce = <It extends Details>(it: It): It => ({ ...it, refused: (it.refused ?? 0) + 1 });

/** That Slack refused once more to change what stands there. */
export function refusedMark({ at, detailsOf }: DueMessage): Mark {
  if (detailsOf) return withDetails(detailsOf, refusedOnce);
  return (record) => ({ ...record, posts: record.posts.map((post) => (isAt(post, at) ? refusedOnce(post) : post)) });
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
export function begunOf(record: DeploymentRecord, due: Due): DeploymentRecord {
  const { card, entry, details } = due;
  const changing = [card?.at, entry?.at].filter((at) => at !== undefined);
  const begun = details?.detailsOf ? withDetails(details.detailsOf, (it) => ({ ...it, made: undefined }))(record) : record;
  if (changing.length === 0) return begun;
  return {
    ...begun,
    refresh: begun.refresh || card !== undefined || undefined,
    posts: begun.posts.map((post) => (changing.some((at) => isAt(post, at)) ? { ...post, made: undefined } : post)),
  };
}

/** The record once all that is due in a channel is told; its card is up to date if it stands there, and what has no details has none. */
export function settledOf(record: DeploymentRecord, channel: string, isCardHere: boolean, by: string): DeploymentRecord {
  const leases = othersOf(record, by);
  const refresh = isCardHere ? undefined : record.refresh;
  const isLess = (post: Post) => post.of !== "card" && post.in === channel && isDetailDue(post);
  if (refresh === record.refresh && leases === record.leases && !record.posts.some(isLess)) return record;
  const posts = record.posts.map((post) => (isLess(post) ? { ...post, details: { ...post.details, made: post.made } } : post));
  return { ...record, refresh, leases, posts };
}

/** The record while the channel takes nothing of it: the index says that it waits. */
export function waitingOf(record: DeploymentRecord, due: Due, by: string): DeploymentRecord {
  const leases = othersOf(record, by);
  const refresh = record.refresh || due.card !== undefined || due.details !== undefined || undefined;
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

/** The thread in the channel that an entry or details belong in; details follow their entry, and an entry has none if there is no card. */
export function threadOf(
  record: DeploymentRecord,
  cardDue: DueMessage | undefined,
  { facts, detailsOf }: DueMessage,
  channel: string,
): { thread?: { ts: string; broadcast: boolean } } {
  // Another deployment's card becomes its own at the same moment.
  const card = cardOf(record) ?? cardDue?.at;
  // A card that stands in another channel has its thread there.
  const ts = card?.in === channel ? card.ts : detailsOf?.ts;
  return ts === undefined ? {} : { thread: { ts, broadcast: facts.some(({ announce }) => announce) } };
}
