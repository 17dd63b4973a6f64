import type { DeploymentView } from "../deployments/deployment.ts";
import type { SignalId } from "../rules/signal-id.ts";
import { ADVISING } from "./advising.ts";
import { BUS, channelsOf, type Fact, firstAt, SLACK } from "./facts.ts";
import { hashOf } from "./hash-of.ts";
import { type Incident, takingOf } from "./incident.ts";
import type { Memory } from "./memory.ts";
import { isFull } from "./reports.ts";

/** One message of the guard about a deployment, or one event on its bus: what it is of, where it stands, and what it was made from. */
export interface Post {
  /** The card, or the ids of the facts that it tells. */
  of: "card" | readonly string[];
  /** Slack's channel id, or `bus`. */
  in: string;
  /** Slack's `ts`; absent on the bus. */
  ts?: string;
  /** A digest of what it was made from; absent while it is changed, so that a run that dies meanwhile leaves it to be changed again. */
  made?: string;
  /** How often in a row Slack refused to change it. */
  refused?: number;
  /** Which operations its buttons offer, of an entry that stands apart from the card. */
  offers?: string;
  /** The message in the thread that says the rest; present if there is a rest. */
  details?: Details;
}

/** A second message in the thread, for what would be too long in the channel. */
export interface Details {
  /** Slack's `ts`; absent until it stands. */
  ts?: string;
  /** As the post's own `made`. */
  made?: string;
  /** As the post's own `refused`. */
  refused?: number;
}

/** Of a record: its facts, its posts and what else its entries are made from. */
export interface Posted {
  facts: readonly Fact[];
  posts: readonly Post[];
  memory?: Memory;
  seen?: DeploymentView;
  incident?: Incident;
}

/** The post of the deployment's card. */
export const cardOf = ({ posts }: Pick<Posted, "posts">): Post | undefined => posts.find(({ of }) => of === "card");

/** The post of the entry that tells a fact, in one channel or in any. */
export const entryOf = ({ posts }: Pick<Posted, "posts">, id: string, channel = SLACK): Post | undefined =>
  posts.find((post) => post.of !== "card" && isIn(post, channel) && post.of.includes(id));

const isIn = (post: Post, channel: string): boolean => post.in !== BUS && (channel === SLACK || post.in === channel);

/** True for the post of a message that stands there. */
export const isAt = (post: Post, at: Pick<Post, "in" | "ts"> | undefined): boolean =>
  at?.ts !== undefined && post.ts === at.ts && post.in === at.in;

/** True if a fact is on the event bus, or is too old to go there. */
export const isPublished = ({ posts }: Pick<Posted, "posts">, id: string): boolean =>
  posts.some((post) => post.in === BUS && post.of.includes(id));

/** True once the fact stands in Slack, in one channel or in any, even if its entry is out of date. */
export const isPosted = (record: Pick<Posted, "posts">, { id }: Fact, channel?: string): boolean =>
  entryOf(record, id, channel) !== undefined;

/** True if the fact's entry in each of its channels says all of it, or another fact's does. */
export function isTold(record: Posted, fact: Fact): boolean {
  return fact.toldBy !== undefined || channelsOf(fact).every((channel) => isToldIn(record, fact, channel));
}

/** True if the fact's entry in one channel says all of it. */
export function isToldIn(record: Posted, { id }: Fact, channel: string): boolean {
  const post = entryOf(record, id, channel);
  return post?.made !== undefined && post.made === madeOf(record, factsIn(record, post));
}

/** The facts that an entry tells. */
export const factsIn = ({ facts }: Pick<Posted, "facts">, { of }: Post): Fact[] =>
  facts.filter(({ id }) => of !== "card" && of.includes(id));

/** True if a message stands and its details in the thread are missing, or are out of date as far as that can be seen without making them. */
export const isDetailDue = ({ of, made, details }: Post): boolean =>
  details !== undefined && (of === "card" ? details.made === undefined : made !== undefined && details.made !== made);

/** The posts whose details are due, but for a card that goes on as another deployment's. */
export const withDetailsDue = ({ posts, continuedBy }: Pick<Posted, "posts"> & { continuedBy?: string }): readonly Post[] =>
  posts.filter((post) => isDetailDue(post) && (post.of !== "card" || continuedBy === undefined));

/** The facts whose entry is missing or out of date, in one channel or in any, oldest first. */
export function untold(record: Posted, channel?: string): Fact[] {
  const made = new Map<Post, boolean>();
  const isCurrent = (post: Post) => {
    const known = made.get(post) ?? post.made === madeOf(record, factsIn(record, post));
    made.set(post, known);
    return known;
  };
  const waiting = record.facts.filter((fact) => {
    if (fact.toldBy !== undefined) return false;
    const wanted = channelsOf(fact).filter((it) => channel === undefined || it === channel);
    return wanted.some((it) => {
      const post = entryOf(record, fact.id, it);
      return !post || !isCurrent(post);
    });
  });
  return waiting.sort((a, b) => firstAt(a).localeCompare(firstAt(b)));
}

/**
 * A digest of what the entry of `facts` is made from.
 *
 * Not of its text: otherwise a release that words something better would edit every entry that stands.
 */
export function madeOf(record: Posted, facts: readonly Fact[]): string {
  return hashOf(facts.map((fact) => inputsOf(record, fact)));
}

function inputsOf(record: Posted, fact: Fact): unknown[] {
  const { facts, memory, seen } = record;
  const { id, signal, reports } = fact;
  const own = [...reports, ...facts.filter(({ toldBy }) => toldBy === id).flatMap((it) => it.reports)];
  // Once it is full, what it says of how often it was reported does not change any more.
  const inputs: unknown[] = [isFull(reports) ? "full" : own.map(({ delivery }) => delivery).sort()];
  // The pause between them is known once both are.
  if (ENDS.includes(signal)) inputs.push(deliveriesOf(facts.filter((it) => it.signal === "switchover-started")));
  // RDS may still have listed the old names when it was written, and then it lacks the way back.
  if (signal === "switched-over") inputs.push(seen?.deployment.source);
  if (signal === "recreate-announced") inputs.push(isHeldOpen(fact, facts));
  const taking = takingOf(record, [fact]);
  if (taking) inputs.push("called", taking.taken?.by.id);
  // It advises to delete green, which is production once a member was switched.
  if (memory?.switched && (ADVISING.has(signal) || reports.some(({ reading }) => reading.terminated))) inputs.push("withdrawn");
  return inputs;
}

const ENDS: readonly SignalId[] = ["switchover-completed", "switched-over", "partly-switched-over"];
const deliveriesOf = (facts: readonly Fact[]): string[] => facts.flatMap(({ reports }) => reports.map(({ delivery }) => delivery)).sort();

/** True until the announced operation reports anything else: from then on nobody can hold it. */
export function isHeldOpen(announced: Fact, facts: readonly Fact[]): boolean {
  const requestId = announced.reports[0]?.reading.operation?.requestId;
  return !facts.some((it) => it.id !== announced.id && it.reports.some(({ reading }) => reading.operation?.requestId === requestId));
}

/** The posts with `post` in place of the one of the same things in the same place, or beside them. */
export function withPost(posts: readonly Post[], post: Post): readonly Post[] {
  const isSame = (it: Post) =>
    it.of === post.of || (it.in === post.in && it.of !== "card" && post.of !== "card" && it.of.some((id) => post.of.includes(id)));
  return [...posts.filter((it) => !isSame(it)), post];
}
