import type { MessageView, QueueMessage } from "./message.ts";
import type { MessageAttributes } from "./message-attributes.ts";

/** What a queue was opened with. */
export interface QueueSettings {
  /** How long a receive makes a message invisible. */
  visibilitySeconds: number;
  /** A message received this many times becomes a dead letter instead of being received again; left out, it never does. */
  maxReceiveCount?: number;
  /** A message older than this is deleted unread; left out, it is kept for ever. */
  retentionSeconds?: number;
}

/** How many messages can be received now, were received and not deleted yet, and wait for the end of the delay they were sent with. */
export interface QueueDepth {
  visible: number;
  inFlight: number;
  delayed: number;
}

/**
 * An SQS standard queue. Its errors are SqsError with SQS's codes.
 *
 * Source: SQS API reference; SQS developer guide, "Visibility timeout" and "Dead-letter queues".
 */
export interface MessageQueue {
  readonly settings: QueueSettings;
  /** Resolves with the message's id once it is on the disk. `delaySeconds` is 0 to 900. */
  send(body: string, options?: { delaySeconds?: number; messageAttributes?: MessageAttributes }): Promise<string>;
  /**
   * Takes up to `max` (1 to 10) visible messages, oldest first, and makes them invisible for `visibilitySeconds`, the queue's own where
   * left out. They are invisible from the call on, and handed out once that is on the disk.
   */
  receive(max: number, options?: { visibilitySeconds?: number }): Promise<QueueMessage[]>;
  /** Deletes a received message; does nothing for one already deleted or received again since. */
  delete(receiptHandle: string): Promise<void>;
  /**
   * Ends a received message's invisibility `seconds` (0 to 43,200) from now, at most 12 hours after it was received; does nothing for
   * one received again since.
   */
  changeVisibility(receiptHandle: string, seconds: number): Promise<void>;
  /** When the first of the messages, those in `except` left out, can be received (milliseconds since 1970, may be past); nothing if none. */
  nextVisibleAt(except?: ReadonlySet<string>): number | undefined;
  /** Calls `listener` after every send, receive, delete and change of visibility, until the returned function is called. */
  onChange(listener: () => void): () => void;
  depth(): QueueDepth;
  /** All messages in the order they came, without receiving them. */
  all(): MessageView[];
}
