import type { RDSClient } from "@aws-sdk/client-rds";
import type { Records } from "../../src/clients/records.ts";
import type { Mishap } from "../event-way.ts";
import type { JournalEntry } from "../journal.ts";
import type { LabRds } from "../rds/rds.ts";
import type { LabSlack } from "../slack/slack.ts";
import type { StoryView } from "./views.ts";

/** The clock, as visitors control it. */
export interface PageClock {
  /** Milliseconds since 1970, lab time. */
  now(): number;
  /** How many times as fast as the real one; 0 is paused. */
  speed: number;
  setSpeed(speed: number): void;
  /** Moves on to the next time that anything waits for; false if nothing does. */
  skipToNext(): boolean;
}

/** All events so far, and a notice of each that is new or has new details. */
export interface PageJournal {
  entries: readonly JournalEntry[];
  onChange(listener: (entry: JournalEntry) => void): () => void;
}

/** The guard, which visitors can kill and start. */
export interface PageGuard {
  alive: boolean;
  kill(): void;
  start(): Promise<void>;
  onChange(listener: () => void): () => void;
}

/** The stories, and the one that was started last. */
export interface PageStories {
  list: readonly StoryView[];
  playing?: string;
  /**
   * Plays a story; may resolve at its start or at its end, and rejects if it cannot be played.
   *
   * It may close this page and open another on the same address shortly afterwards: viewers reconnect automatically.
   */
  play(name: string): Promise<void>;
}

/** What the page shows and what its visitors control. */
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
  /** The ids of the requests on the guard's bus, oldest first; some may be forged or repeated. */
  requestIds(): readonly string[];
  journal: PageJournal;
  guard: PageGuard;
  /** Decides what happens to the next `count` events. */
  fate: { next(kind: Mishap, count: number): void };
  stories: PageStories;
  /** The shortest time between two looks at the databases, in real milliseconds; 250 if left out. */
  lookEveryMs?: number;
}
