import type { JournalEntry } from "../journal.ts";
import type { LabMessage } from "../slack/messages.ts";
import type { LabPerson } from "../slack/people.ts";
import type { DatabasesView } from "./databases.ts";
import type { OperationView } from "./operations.ts";
import type { PageOptions } from "./options.ts";
import type { SwitchoverView } from "./switchovers.ts";

/** The lab's clock as it was when this was sent; a browser counts on from there. */
export interface ClockView {
  now: number;
  speed: number;
  /** The speed to go on with after a pause. */
  resumeSpeed: number;
}

/** A message as it stands; of its edits only the last one's time. */
export interface MessageView
  extends Pick<LabMessage, "ts" | "threadTs" | "broadcast" | "onlyFor" | "channelName" | "author" | "postedAt" | "text" | "blocks"> {
  attachments: NonNullable<LabMessage["attachments"]>;
  editedAt?: number;
  deletedAt?: number;
}

/** Something that a person did, in the story or on the page. Times are lab time in milliseconds since 1970. */
export interface LineView {
  number: number;
  at: number;
  text: string;
}

/** The stories and the one that was begun last. */
export interface StoriesView {
  list: PageOptions["stories"]["list"];
  playing?: string;
}

/** Everything that a visitor who comes now has to know. */
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
  /** In the order in which they were asked for. */
  operations: readonly OperationView[];
}

/** What goes out to browsers: first a `state`, then what changes, each by its own name. */
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

/** A message as the page shows it. */
export function messageView(message: LabMessage): MessageView {
  const { attachments = [], edits, deleted, channel: _, ...shown } = message;
  return { ...shown, attachments, editedAt: edits.at(-1)?.at, deletedAt: deleted?.at };
}
