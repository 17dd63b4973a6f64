import { randomUUID } from "node:crypto";
import { LONGEST_VISIBILITY_SECONDS } from "./limits.ts";
import type { KeptMessage } from "./message.ts";
import { invalidValue, SqsError } from "./sqs-error.ts";

/** A message once it is received at `now`, invisible for `seconds`, with a receipt of its own. */
export function received(message: KeptMessage, now: number, seconds: number): KeptMessage {
  return {
    ...message,
    receiveCount: message.receiveCount + 1,
    firstReceivedAt: message.firstReceivedAt ?? now,
    receivedAt: now,
    visibleAt: now + seconds * 1_000,
    receipt: randomUUID(),
  };
}

/** A received message once its invisibility is changed. @throws SqsError where it is visible, or would be invisible for more than 12 hours in all. */
export function withVisibility(message: KeptMessage, now: number, seconds: number): KeptMessage {
  const { visibleAt: before, receivedAt = now } = message;
  if (before <= now) throw new SqsError("MessageNotInflight", "The specified message isn't in flight.");
  const visibleAt = now + seconds * 1_000;
  if (visibleAt > receivedAt + LONGEST_VISIBILITY_SECONDS * 1_000) {
    const reason = `Total VisibilityTimeout for the message is beyond the limit [${LONGEST_VISIBILITY_SECONDS} seconds]`;
    throw invalidValue("VisibilityTimeout", seconds, reason);
  }
  return { ...message, visibleAt };
}

/** A message once it is a dead letter: to be received at once, and by no handle given before. */
export function deadLetter({ receivedAt: _, receipt: __, ...message }: KeptMessage, now: number): KeptMessage {
  const { receiveCount } = message;
  const reason = `Received ${receiveCount} ${receiveCount === 1 ? "time" : "times"} and never deleted.`;
  return { ...message, visibleAt: now, reason };
}
