import { join } from "node:path";
import { KeptQueue } from "./kept-queue.ts";
import { checkMaxReceiveCount, checkVisibility } from "./limits.ts";
import { type BrokenFile, MessageFolder } from "./message-folder.ts";
import type { MessageQueue } from "./message-queue.ts";

/** What a queue on disk is opened with. */
export interface FileQueueOptions {
  /** Holds `messages`, `dead-letters` and `broken`; made where it is not there yet. One process at a time may have it open. */
  folder: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** 0 to 43,200 whole seconds; 360 where left out: six times a function's timeout of a minute. */
  visibilitySeconds?: number;
  /** 1 to 1,000. */
  maxReceiveCount: number;
  /** 14 days where left out, the most that SQS takes. */
  retentionSeconds?: number;
}

/** A queue on disk, its dead letters, and the files that opening it could not read. */
export interface FileQueue extends MessageQueue {
  /** What was received too often or sent here, kept until a person deletes it, in `<folder>/dead-letters`. */
  deadLetters: MessageQueue;
  /** Kept in `<folder>/broken`, each with a text that says what is wrong with it. */
  broken: readonly BrokenFile[];
}

/**
 * Opens a queue on disk: one file a message, so that a process killed at any moment loses nothing that was acknowledged.
 *
 * Rejects with an SqsError for a setting that SQS would not take, and with node's error where the folder cannot be read or written.
 */
export async function openFileQueue(options: FileQueueOptions): Promise<FileQueue> {
  const { folder, now, visibilitySeconds = 360, maxReceiveCount, retentionSeconds = 14 * 24 * 3_600 } = options;
  checkVisibility(visibilitySeconds);
  checkMaxReceiveCount(maxReceiveCount);
  const broken = join(folder, "broken");
  const deadFolder = new MessageFolder(join(folder, "dead-letters"));
  const liveFolder = new MessageFolder(join(folder, "messages"));
  const dead = await deadFolder.load(broken);
  const live = await liveFolder.load(broken);
  const deadLetters = new KeptQueue(dead.messages, deadFolder, now, { visibilitySeconds });
  const queue = new KeptQueue(live.messages, liveFolder, now, { visibilitySeconds, maxReceiveCount, retentionSeconds }, deadLetters);
  return Object.assign(queue, { deadLetters, broken: [...dead.broken, ...live.broken] });
}
