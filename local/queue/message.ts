import { createHash } from "node:crypto";
import { type MessageAttributes, md5OfAttributes } from "./message-attributes.ts";

/** A message as the queue keeps it. Times are milliseconds since 1970. */
export interface KeptMessage {
  messageId: string;
  body: string;
  messageAttributes: MessageAttributes;
  sentAt: number;
  /** Nobody receives it before. */
  visibleAt: number;
  /** How many times it was received. */
  receiveCount: number;
  firstReceivedAt?: number;
  /** The last receive, from which the 12 hours of visibility count. */
  receivedAt?: number;
  /** What the handle of the last receive carries; no other handle does anything. */
  receipt?: string;
  /** Why the queue itself made it a dead letter. */
  reason?: string;
}

/** A message as one looks at it, without receiving it. */
export interface MessageView {
  messageId: string;
  body: string;
  md5OfBody: string;
  messageAttributes: MessageAttributes;
  /** Absent where the message has none. */
  md5OfMessageAttributes?: string;
  /** Milliseconds since 1970 as text, counts as text: as SQS gives them. */
  attributes: { ApproximateReceiveCount: string; SentTimestamp: string; SenderId: string; ApproximateFirstReceiveTimestamp?: string };
  /** Why the queue itself made it a dead letter; what was sent to the dead letters says so in its attributes. */
  reason?: string;
}

/** A received message, to be deleted with its `receiptHandle`. */
export interface QueueMessage extends MessageView {
  receiptHandle: string;
  attributes: MessageView["attributes"] & { ApproximateFirstReceiveTimestamp: string };
}

/** The id that AWS's own samples show for a sender. */
const SENDER_ID = "AIDACKCEVSQ6C2EXAMPLE";

/** Shows a message. */
export function viewOf(message: KeptMessage): MessageView {
  const { messageId, body, messageAttributes, firstReceivedAt, reason } = message;
  const md5OfMessageAttributes = md5OfAttributes(messageAttributes);
  return {
    messageId,
    body,
    md5OfBody: md5(body),
    messageAttributes,
    ...(md5OfMessageAttributes && { md5OfMessageAttributes }),
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: SENDER_ID,
      ...(firstReceivedAt !== undefined && { ApproximateFirstReceiveTimestamp: String(firstReceivedAt) }),
    },
    ...(reason !== undefined && { reason }),
  };
}

/** The MD5 of a body in UTF-8, as hexadecimal digits: SDK clients compare it with their own. */
export function md5(body: string): string {
  return createHash("md5").update(body).digest("hex");
}
