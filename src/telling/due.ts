import { busFactOf, unpublished } from "../facts/bus-fact.ts";
import { BUS, channelsOf, type Fact } from "../facts/facts.ts";
import { hashOf } from "../facts/hash-of.ts";
import { takingOf } from "../facts/incident.ts";
import { cardOf, entryOf, factsIn, isPosted, madeOf, type Post, untold } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf } from "../facts/record.ts";
import { apart } from "../facts/told-by.ts";
import type { Form } from "../messages/form.ts";
import * as words from "../messages/language.ts";
import { factWords } from "../messages/plain/fact-words.ts";
import { inPlainText } from "../messages/plain/form.ts";
import { called } from "../messages/slack/called.ts";
import { card } from "../messages/slack/card.ts";
import { copied } from "../messages/slack/copied.ts";
import { digest } from "../messages/slack/digest.ts";
import { notice } from "../messages/slack/notice.ts";
import type { Standing } from "../standing/standing.ts";
import { threadEntryOf } from "../standing/thread-entry.ts";
import { detailsDueOf, detailsKey, entryDetails } from "./details.ts";
import { type Due, type DueMessage, isNew, type Teller } from "./due-message.ts";

/** More facts than this at once go out as one digest, not as a flood. */
export const HANDFUL = 5;

/** What a turn was refused, and leaves to the next one. */
export interface LeftOut {
  card: boolean;
  bus: boolean;
  /** Everything but the bus. */
  slack: boolean;
  /** The posts whose details it was, as `detailsKey` has them. */
  details: ReadonlySet<string>;
  /** Several facts in one entry. */
  digest: boolean;
  /** The ids of facts. */
  facts: ReadonlySet<string>;
}

export const NOTHING_LEFT_OUT: LeftOut = {
  card: false,
  bus: false,
  slack: false,
  details: new Set(),
  digest: false,
  facts: new Set(),
};

/** What of a record is told in a channel in the next round: the card first if it is new, otherwise with the most urgent entry. */
export function dueOf(
  record: DeploymentRecord,
  standing: Standing | undefined,
  oldCard: Post | undefined,
  channel: string,
  { leftOut = NOTHING_LEFT_OUT, ...teller }: Teller & { leftOut?: LeftOut } = {},
): Due {
  const bus = leftOut.bus ? undefined : busDueOf(record, standing);
  if (leftOut.slack) return { bus };
  const isCardHere = channelOfCard(record, oldCard) === channel;
  const cardDue = standing && isCardHere && !leftOut.card ? cardDueOf(record, standing, oldCard, teller) : undefined;
  const to = { channel, standing, commands: teller.commands, form: teller.form };
  const entryDue = cardDue && !cardDue.at ? undefined : entryDueOf(record, to, cardDue !== undefined, leftOut);
  // A round has one new message at most, and details are the last.
  const room = { leftOut: leftOut.details, new: ![cardDue, entryDue].some(isNew) };
  return { card: cardDue, entry: entryDue, details: detailsDueOf(record, standing, channel, teller, room), bus };
}

/** The channel in which the card stands, or is to stand. */
export const channelOfCard = (record: DeploymentRecord, oldCard: Post | undefined): string | undefined =>
  (cardOf(record) ?? oldCard)?.in ?? record.home;

/** The record, which says of a card in another channel, and of the buttons apart from it, that they are out of date. */
export function withStale(
  record: DeploymentRecord,
  standing: Standing | undefined,
  oldCard: Post | undefined,
  channel: string,
  teller: Teller,
): DeploymentRecord {
  if (!standing) return record;
  const isElsewhere = !record.refresh && channelOfCard(record, oldCard) !== channel;
  const refresh = (isElsewhere && cardDueOf(record, standing, oldCard, teller) !== undefined) || record.refresh;
  const offers = offersApart({ standing, commands: teller.commands });
  const isStale = (post: Post) =>
    post.made !== undefined && factsIn(record, post).some((fact) => isCopy(fact, post.in)) && (post.offers ?? "") !== offers;
  if (refresh === record.refresh && !record.posts.some(isStale)) return record;
  return { ...record, refresh, posts: record.posts.map((post) => (isStale(post) ? { ...post, made: undefined } : post)) };
}

/** True for an entry that repeats in a channel what stands in the deployment's own. */
const isCopy = (fact: Fact, channel: string): boolean => channelsOf(fact).indexOf(channel) > 0;

/** The operations that an entry apart from the card offers; empty for none. */
const offersApart = ({ standing, commands }: Pick<EntryTo, "standing" | "commands">): string =>
  commands && standing?.offers.includes("recreate") ? "recreate" : "";

/** The same without `what`, which was refused. */
export function withLeftOut(leftOut: LeftOut, what: keyof Due, { entry, details }: Due): LeftOut {
  if (what === "details") {
    const post = details?.detailsOf;
    return post ? { ...leftOut, details: new Set([...leftOut.details, detailsKey(post)]) } : leftOut;
  }
  if (what !== "entry") return { ...leftOut, [what]: true };
  const facts = entry?.facts ?? [];
  // One of them may be what is wrong with it.
  if (entry?.at === undefined && facts.length > 1) return { ...leftOut, digest: true };
  return { ...leftOut, facts: new Set([...leftOut.facts, ...facts.map(({ id }) => id)]) };
}

/** True if there is nothing to tell. */
export const isNothing = ({ card: cardDue, entry, details, bus }: Due): boolean => !cardDue && !entry && !details && !bus;

function cardDueOf(
  record: DeploymentRecord,
  standing: Standing,
  oldCard: Post | undefined,
  { commands, from, form, notes }: Teller,
): DueMessage | undefined {
  if (record.continuedBy !== undefined) return undefined;
  const own = cardOf(record);
  const message = card(standing, commands, from, form, { ...notes, taking: takingOf(record) });
  const made = hashOf(message);
  if (own?.made === made) return undefined;
  const at = own ?? oldCard;
  return { post: { of: "card", made, details: at?.details ?? {} }, message, at, facts: [] };
}

/** Where an entry is told, and what it is made from besides the record. */
interface EntryTo {
  channel: string;
  standing: Standing | undefined;
  commands?: boolean;
  form?: Form;
}

/** A new entry goes before those that only changed; one that changed waits for a card that is updated, since both take the same slot. */
function entryDueOf(record: DeploymentRecord, to: EntryTo, isCardDue: boolean, leftOut: LeftOut): DueMessage | undefined {
  const { channel } = to;
  const waiting = untold(record, channel).filter(({ id }) => !leftOut.facts.has(id));
  const fresh = waiting.filter((fact) => !isPosted(record, fact, channel));
  // What is critical goes first; a thread is otherwise read in the order of time.
  const urgent = fresh.find(({ severity }) => severity === "critical") ?? fresh[0];
  if (urgent) return entryOfFacts(record, fresh.length > HANDFUL && !leftOut.digest ? fresh : [urgent], undefined, to);
  const [changed] = waiting;
  const at = changed && entryOf(record, changed.id, channel);
  return at && !isCardDue ? entryOfFacts(record, factsIn(record, at), at, to) : undefined;
}

function entryOfFacts(record: DeploymentRecord, facts: readonly Fact[], at: Post | undefined, to: EntryTo): DueMessage {
  const { channel, standing, commands, form } = to;
  const entries = facts.map((fact) => threadEntryOf(fact, record.facts, standing));
  const [only] = entries;
  const entry = only && entries.length === 1 ? notice(only, commands, form) : digest(entries, form);
  const message = called(entry, facts, commands ? takingOf(record, facts) : undefined);
  const post = { of: facts.map(({ id }) => id), made: madeOf(record, facts) };
  const copy = facts.find((fact) => isCopy(fact, channel));
  // The rest of a copy is where it was copied from; what stands of details stays, also where less is to be said now.
  const details = at?.details ?? (entryDetails(entries, form) && {});
  if (!copy) return { post: { ...post, ...(details && { details }) }, message, at, facts };
  const offers = offersApart(to);
  const [home = channel] = channelsOf(copy);
  const apart = copied(message, home, offers === "" ? undefined : standing?.id, form);
  return { post: { ...post, ...(offers !== "" && { offers }) }, message: apart, at, facts };
}

function busDueOf(record: DeploymentRecord, standing: Standing | undefined): Due["bus"] {
  const [fact] = unpublished(record);
  if (!fact) return undefined;
  const of = { key: record.key, deploymentId: deploymentIdOf(record.key) };
  const event = busFactOf(fact, record.facts, of, record.seen?.deployment);
  const { message, said } = event.detail;
  const told = factWords(threadEntryOf(fact, apart(record.facts), standing));
  const inWords = { message: said ? words.saidWords(said, inPlainText) : message, ...told };
  return { fact, event: { ...event, detail: { ...event.detail, ...inWords } } };
}

/** The post of a fact on the bus. */
export const busPost = ({ id }: Fact): Post => ({ of: [id], in: BUS });
