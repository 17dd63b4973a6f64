import { type BusFact, busFactOf } from "../facts/bus-fact.ts";
import { BUS, type Fact } from "../facts/facts.ts";
import { hashOf } from "../facts/hash-of.ts";
import { cardOf, entryOf, factsIn, isPosted, madeOf, type Post, untold } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf, toPublish } from "../facts/record.ts";
import { card, type WatchedFrom } from "../messages/card.ts";
import { digest } from "../messages/digest.ts";
import { saidWords } from "../messages/en/operations/said.ts";
import type { Message } from "../messages/message.ts";
import { notice } from "../messages/notice.ts";
import { inTerminal } from "../messages/terminal/form.ts";
import type { Standing } from "../standing/standing.ts";
import { threadEntryOf } from "../standing/thread-entry.ts";

/** More facts than this at once go out as one digest, not as a flood. */
export const HANDFUL = 5;

/** A message that is to stand in Slack: a new one, or another one in place of the one that stands at `at`. */
export interface DueMessage {
  /** What the post will be once it stands, but for its address. */
  post: Pick<Post, "of" | "made">;
  message: Message;
  at?: Post;
  /** The facts that it tells; empty for the card. */
  facts: readonly Fact[];
}

/** What is to be told of a deployment now, at most one new message and one event; all of it goes out together. */
export interface Due {
  card?: DueMessage;
  entry?: DueMessage;
  bus?: { fact: Fact; event: BusFact };
}

/** Who tells, as far as messages show it. */
export interface Teller {
  /** Whether Slack sends commands and presses to the guard; if omitted, messages name what to type in a terminal. */
  commands?: boolean;
  /** The computer whose terminal watches, if no deployed guard does. */
  from?: WatchedFrom;
}

/** What a turn was refused, and leaves to the next one. */
export interface LeftOut {
  card: boolean;
  bus: boolean;
  /** Several facts in one entry. */
  digest: boolean;
  /** The ids of facts. */
  facts: ReadonlySet<string>;
}

export const NOTHING_LEFT_OUT: LeftOut = { card: false, bus: false, digest: false, facts: new Set() };

/** What of a record is told in the next round: the card first if it is new, otherwise with the most urgent entry. */
export function dueOf(
  record: DeploymentRecord,
  standing: Standing | undefined,
  oldCard: Post | undefined,
  { leftOut = NOTHING_LEFT_OUT, ...teller }: Teller & { leftOut?: LeftOut } = {},
): Due {
  const cardDue = standing && !leftOut.card ? cardDueOf(record, standing, oldCard, teller) : undefined;
  const entryDue = cardDue && !cardDue.at ? undefined : entryDueOf(record, standing, cardDue !== undefined, leftOut, teller.commands);
  return { card: cardDue, entry: entryDue, bus: leftOut.bus ? undefined : busDueOf(record) };
}

/** The same without `what`, which was refused. */
export function withLeftOut(leftOut: LeftOut, what: keyof Due, { entry }: Due): LeftOut {
  if (what !== "entry") return { ...leftOut, [what]: true };
  const facts = entry?.facts ?? [];
  // One of them may be what is wrong with it.
  if (entry?.at === undefined && facts.length > 1) return { ...leftOut, digest: true };
  return { ...leftOut, facts: new Set([...leftOut.facts, ...facts.map(({ id }) => id)]) };
}

/** True if there is nothing to tell. */
export const isNothing = ({ card: cardDue, entry, bus }: Due): boolean => !cardDue && !entry && !bus;

function cardDueOf(
  record: DeploymentRecord,
  standing: Standing,
  oldCard: Post | undefined,
  { commands, from }: Teller,
): DueMessage | undefined {
  if (record.continuedBy !== undefined) return undefined;
  const own = cardOf(record);
  const message = card(standing, commands, from);
  const made = hashOf(message);
  if (own?.made === made) return undefined;
  return { post: { of: "card", made }, message, at: own ?? oldCard, facts: [] };
}

/** A new entry goes before those that only changed; one that changed waits for a card that is updated, since both take the same slot. */
function entryDueOf(
  record: DeploymentRecord,
  standing: Standing | undefined,
  isCardDue: boolean,
  leftOut: LeftOut,
  commands?: boolean,
): DueMessage | undefined {
  const waiting = untold(record).filter(({ id }) => !leftOut.facts.has(id));
  const fresh = waiting.filter((fact) => !isPosted(record, fact));
  // What is critical goes first; a thread is otherwise read in the order of time.
  const urgent = fresh.find(({ severity }) => severity === "critical") ?? fresh[0];
  if (urgent) return entryOfFacts(record, fresh.length > HANDFUL && !leftOut.digest ? fresh : [urgent], standing, undefined, commands);
  const [changed] = waiting;
  const at = changed && entryOf(record, changed.id);
  return at && !isCardDue ? entryOfFacts(record, factsIn(record, at), standing, at, commands) : undefined;
}

function entryOfFacts(
  record: DeploymentRecord,
  facts: readonly Fact[],
  standing: Standing | undefined,
  at: Post | undefined,
  commands?: boolean,
): DueMessage {
  const entries = facts.map((fact) => threadEntryOf(fact, record.facts, standing));
  const [only] = entries;
  const message = only && entries.length === 1 ? notice(only, commands) : digest(entries);
  return { post: { of: facts.map(({ id }) => id), made: madeOf(record, facts) }, message, at, facts };
}

function busDueOf(record: DeploymentRecord): Due["bus"] {
  const id = deploymentIdOf(record.key);
  const [fact] = toPublish(record);
  const event = id === undefined || !fact ? undefined : busFactOf(fact, record.facts, id, record.seen?.deployment);
  return fact && event && { fact, event: inWords(event) };
}

/** The event, with what an operation says in words as well. */
function inWords(event: BusFact): BusFact {
  const { said } = event.detail;
  return said ? { ...event, detail: { ...event.detail, message: saidWords(said, inTerminal) } } : event;
}

/** The post of a fact on the bus. */
export const busPost = ({ id }: Fact): Post => ({ of: [id], in: BUS });
