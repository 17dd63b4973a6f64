import type { BusFact } from "../facts/bus-fact.ts";
import type { Fact } from "../facts/facts.ts";
import type { Post } from "../facts/posts.ts";
import type { Form } from "../messages/form.ts";
import type { CardNotes } from "../messages/slack/card.ts";
import type { Message } from "../messages/slack/message.ts";
import type { WatchedFrom } from "../messages/watched-from.ts";

/** A message that is to stand in Slack: a new one, or another one in place of the one that stands at `at`. */
export interface DueMessage {
  /** What the post will be once it stands, but for its address. */
  post: Pick<Post, "of" | "made" | "offers" | "details">;
  message: Message;
  at?: Post;
  /** The post whose details it is. */
  detailsOf?: Post;
  /** The facts that it tells; empty for the card. */
  facts: readonly Fact[];
}

/** True for a message that does not stand anywhere yet. */
export const isNew = (due: DueMessage | undefined): boolean => due !== undefined && due.at === undefined;
/** True for one that takes the place of another. */
export const isUpdate = (due: DueMessage | undefined): boolean => due?.at !== undefined;

/** What is to be told of a deployment in a channel now, at most one new message and one event; all of it goes out together. */
export interface Due {
  card?: DueMessage;
  entry?: DueMessage;
  /** The rest of one of them. */
  details?: DueMessage;
  bus?: { fact: Fact; event: BusFact };
}

/** Who tells, as far as messages show it. */
export interface Teller {
  /** Whether Slack sends commands and presses to the guard; if omitted, messages name what to type in a terminal. */
  commands?: boolean;
  /** Whom the settings name for what needs a person, as `now=ID` and `later=ID`; nobody if omitted. */
  mentions?: readonly string[];
  /** The computer whose terminal watches, if no deployed guard does. */
  from?: WatchedFrom;
  /** How messages are written; as Slack's mrkdwn if omitted. */
  form?: Form;
  /** What its card says besides how it stands. */
  notes?: CardNotes;
}
