import { Queue, type QueueOptions } from "../../../local/queue/queue.ts";

/** The hour at which these tests begin. */
export const START = Date.parse("2024-02-05T04:29:00Z");

/** A queue whose time a test sets. */
export interface TestQueue {
  queue: Queue;
  /** Moves the queue's time on. */
  pass(seconds: number): void;
}

/** Makes a queue that makes a message a dead letter after three receives, unless said otherwise. */
export function openTestQueue(options: Partial<QueueOptions> = {}): TestQueue {
  let now = START;
  return {
    queue: new Queue({ name: "watch", now: () => now, maxReceiveCount: 3, ...options }),
    pass(seconds) {
      now += seconds * 1_000;
    },
  };
}

/** The bodies of the messages that a receive gives. */
export function receivedBodies(queue: Queue, max = 10): string[] {
  return queue.receive(max).map((it) => it.body);
}

/** The handle of the next message. */
export function receiveOne(queue: Queue): string {
  const [message] = queue.receive(1);
  if (!message) throw new Error("The test expected a message, and the queue has none.");
  return message.receiptHandle;
}

/** What a refusal with that code of SQS's is. */
export const refusal = (code: string, message?: string) => ({ name: "ServiceError", code, ...(message !== undefined && { message }) });
