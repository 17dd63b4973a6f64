import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type FileQueue, type FileQueueOptions, openFileQueue } from "../../../local/queue/file-queue.ts";

/** The hour at which these tests begin. */
export const START = Date.parse("2024-02-05T04:29:00Z");

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-queue-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A queue in a folder of its own, whose time a test sets. */
export interface TestQueue {
  queue: FileQueue;
  folder: string;
  /** Moves the queue's time on. */
  pass(seconds: number): void;
  /** Opens the same folder anew, as a process does that starts after another was killed. */
  reopen(): Promise<FileQueue>;
}

/** Opens a queue that makes a message a dead letter after three receives, unless said otherwise. */
export async function openTestQueue(options: Partial<FileQueueOptions> = {}): Promise<TestQueue> {
  let now = START;
  const folder = await temporaryFolder();
  const reopen = () => openFileQueue({ folder, now: () => now, maxReceiveCount: 3, ...options });
  return {
    queue: await reopen(),
    folder,
    pass(seconds) {
      now += seconds * 1_000;
    },
    reopen,
  };
}

/** The bodies of the messages that a receive gives. */
export async function receivedBodies(queue: Pick<FileQueue, "receive">, max = 10): Promise<string[]> {
  return (await queue.receive(max)).map((it) => it.body);
}

/** The handle of the next message. */
export async function receiveOne(queue: Pick<FileQueue, "receive">): Promise<string> {
  const [message] = await queue.receive(1);
  if (!message) throw new Error("The test expected a message, and the queue has none.");
  return message.receiptHandle;
}
