import type { KnownBlock, MessageAttachment } from "@slack/types";
import type { JournalEntry } from "../journal.ts";
import type { LabMessage } from "../slack/messages.ts";
import type { LabPerson } from "../slack/people.ts";
import type { DatabasesView } from "./databases.ts";
import type { OperationView } from "./operations.ts";
import type { SwitchoverView } from "./switchovers.ts";

/** The lab's clock at the time of sending; a browser counts on from there. */
export interface ClockView {
  now: number;
  speed: number;
  /** The speed to resume with after a pause. */
  resumeSpeed: number;
}

/** An attachment of a message. */
export interface AttachmentView extends Omit<MessageAttachment, "blocks"> {
  blocks?: readonly KnownBlock[];
}

/** A message as it stands; of its edits, only the last one's time. */
export interface MessageView
  extends Pick<LabMessage, "ts" | "threadTs" | "broadcast" | "onlyFor" | "channelName" | "author" | "postedAt" | "text"> {
  blocks: readonly KnownBlock[];
  attachments: readonly AttachmentView[];
  editedAt?: number;
  deletedAt?: number;
}

/** Something that a person did, in the story or on the page. Times are lab time in milliseconds since 1970. */
export interface LineView {
  number: number;
  at: number;
  text: string;
}

/** A story: its name, and in a line what it shows. */
export interface StoryView {
  name: string;
  line: string;
}

/** The stories, and the one that was started last. */
export interface StoriesView {
  list: readonly StoryView[];
  playing?: string;
}

/** Everything that a new visitor needs to know. */
export interface StateView {
  clock: ClockView;
  guard: { alive: boolean };
  stories: StoriesView;
  channels: readonly string[];
  people: readonly LabPerson[];
  messages: readonly MessageView[];
  entries: readonly JournalEntry[];
  lines: readonly LineView[];
  databases: DatabasesView;
  /** The last switchover of each deployment, by its id. */
  switchovers: Readonly<Record<string, SwitchoverView>>;
  /** In the order in which they were requested. */
  operations: readonly OperationView[];
}

/** What is sent to browsers: first a `state`, then each change under its own name. */
export type FeedItem =
  | { event: "state"; data: StateView }
  | { event: "message"; data: MessageView }
  | { event: "entry"; data: JournalEntry }
  | { event: "line"; data: LineView }
  | { event: "databases"; data: DatabasesView }
  | { event: "switchovers"; data: StateView["switchovers"] }
  | { event: "operations"; data: readonly OperationView[] }
  | { event: "clock"; data: ClockView }
  | { event: "guard"; data: { alive: boolean } }
  | { event: "stories"; data: StoriesView };

/** The response to an action: what was done, or why it was not. */
export type ActionAnswer = { said: string } | { error: string };

/** A message as the page shows it. */
export function messageView(message: LabMessage): MessageView {
  const { blocks, attachments = [], edits, deleted, channel: _, ...shown } = message;
  return { ...shown, ...asDocumented(blocks, attachments), editedAt: edits.at(-1)?.at, deletedAt: deleted?.at };
}

/** A message holds only what the lab's Slack accepts. */
function asDocumented(blocks: readonly object[], attachments: readonly object[]): Pick<MessageView, "blocks" | "attachments"> {
  return { blocks: blocks as readonly KnownBlock[], attachments: attachments as readonly AttachmentView[] };
}
