import { openFileQueue } from "../../../../local/queue/file-queue.ts";

/** Sends, receives, deletes and makes visible again, as fast as it can, and says so on stdout: what is done after, a delete before. */

const queue = await openFileQueue({ folder: process.argv[2] ?? "", now: Date.now, maxReceiveCount: 3 });

function say(...words: string[]): void {
  process.stdout.write(`${words.join(" ")}\n`);
}

async function sendOn(): Promise<void> {
  for (let number = 0; ; number += 1) {
    const text = `message ${process.pid}-${number} ${"of some length ".repeat(number % 200)}`;
    say("sent", await queue.send(text));
  }
}

async function receiveOn(): Promise<void> {
  for (;;) {
    const messages = await queue.receive(10);
    for (const { messageId, receiptHandle, attributes } of messages) {
      say("received", messageId, attributes.ApproximateReceiveCount);
      if (Math.random() < 0.3) {
        say("deleting", messageId);
        await queue.delete(receiptHandle);
      } else await queue.changeVisibility(receiptHandle, 0);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

await Promise.all([sendOn(), sendOn(), sendOn(), receiveOn(), receiveOn()]);
