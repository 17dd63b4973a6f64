import type { RDSClient } from "@aws-sdk/client-rds";
import type { Records } from "../../src/clients/records.ts";
import type { Mishap } from "../event-way.ts";
import type { JournalEntry } from "../journal.ts";
import type { LabRds } from "../rds/rds.ts";
import type { LabSlack } from "../slack/slack.ts";
import type { StoryView } from "./views.ts";

/** The clock as a visitor moves it. */
export interface PageClock {
  /** Milliseconds since 1970, lab time. */
  now(): number;
  /** How many times as fast as the real one; 0 is paused. */
  speed: number;
  setSpeed(speed: number): void;
  /** Goes on to the next moment that something waits for; false where nothing does. */
  skipToNext(): boolean;
}

/** All events so far, and word of each that is new or of which more is known. */
export interface PageJournal {
  entries: readonly JournalEntry[];
  onChange(listener: (entry: JournalEntry) => void): () => void;
}

/** The guard as a visitor kills and starts it. */
export interface PageGuard {
  alive: boolean;
  kill(): void;
  start(): Promise<void>;
  onChange(listener: () => void): () => void;
}

/** The stories that there are, and the one that was begun last. */
export interface PageStories {
  list: readonly StoryView[];
  playing?: string;
  /**
   * Plays a story; may resolve at its beginning or at its end, and rejects where it cannot be played.
   *
   * It may close this page and open another on the same address, a moment later: viewers come back by themselves.
   */
  play(name: string): Promise<void>;
}

/** What the page shows and what its visitors can move. */
export interface PageOptions {
  clock: PageClock;
  slack: LabSlack;
  rds: LabRds;
  /** A real SDK client of the lab: the page looks at the databases, and its visitors change them, over the wire alone. */
  aws: RDSClient;
  /** The lab's one address. */
  url: string;
  /** The guard's records, over the wire: what the page knows of operations. */
  records: Records;
  /** The ids of the requests for operations that were put on the guard's bus, oldest first; some may be forged, or be there twice. */
  requestIds(): readonly string[];
  journal: PageJournal;
  guard: PageGuard;
  /** Decides what befalls the next `count` events. */
  fate: { next(kind: Mishap, count: number): void };
  stories: PageStories;
  /** The least time between two looks at the databases, in real milliseconds; 250 where left out. */
  lookEveryMs?: number;
}
