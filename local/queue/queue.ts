import { randomUUID } from "node:crypto";
import type { SQSRecord } from "aws-lambda";
import { ServiceError } from "../json-service.ts";
import { DeadLetters } from "./dead-letters.ts";
import { checkBody, checkVisibility, invalidValue, type Message, md5 } from "./message.ts";
import { queueArn, REGION } from "./names.ts";

/** Options for a queue. */
export interface QueueOptions {
  name: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** How long a receive hides a message; if left out 360, six times a function's timeout of one minute. */
  visibilitySeconds?: number;
  /** A message received this many times becomes a dead letter instead of being received again. */
  maxReceiveCount: number;
  /** Gets a file for each dead letter, and is created with the first one; if left out, dead letters are only in memory. */
  deadLettersFolder?: string;
}

const RETENTION_MS = 14 * 24 * 3_600_000;
const HANDLE = /^([0-9a-f-]{36}) (\d+)$/;

/**
 * An SQS standard queue in memory. What SQS would refuse throws a ServiceError with SQS's code.
 *
 * Source: SQS API reference; SQS developer guide, "Visibility timeout" and "Dead-letter queues".
 */
export class Queue {
  readonly name: string;
  readonly deadLetters: DeadLetters;
  readonly #options: QueueOptions & { visibilitySeconds: number };
  readonly #messages = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();

  constructor(options: QueueOptions) {
    this.#options = { visibilitySeconds: 360, ...options };
    this.name = options.name;
    this.deadLetters = new DeadLetters(options.now, options.deadLettersFolder);
  }

  /** Returns the message's id. */
  send(body: string, { delaySeconds = 0 } = {}): string {
    checkBody(body);
    const messageId = randomUUID();
    const sentAt = this.#options.now();
    this.#messages.set(messageId, { messageId, body, sentAt, visibleAt: sentAt + delaySeconds * 1_000, receiveCount: 0 });
    this.#changed();
    return messageId;
  }

  /**
   * Receives up to `max` visible messages, oldest first, in the form that Lambda passes to a function, and hides them.
   *
   * @throws Node's error if a dead letter cannot be written: nothing is received then, and that letter is tried again when next visible.
   */
  receive(max: number): SQSRecord[] {
    const now = this.#options.now();
    this.#bury(now);
    const received: SQSRecord[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === max) break;
      if (message.visibleAt <= now) received.push(this.#take(message, now));
    }
    if (received.length > 0) this.#changed();
    return received;
  }

  /** Deletes a received message; does nothing if it is already deleted or has been received again. */
  delete(receiptHandle: string): void {
    const { messageId, receive } = readHandle(receiptHandle);
    if (this.#messages.get(messageId)?.receiveCount !== receive) return;
    this.#messages.delete(messageId);
    this.#changed();
  }

  /** Makes a received message visible again `seconds` from now; does nothing if it has been received again. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const { messageId, receive } = readHandle(receiptHandle);
    checkVisibility(seconds);
    const message = this.#messages.get(messageId);
    if (!message)
      throw invalidValue("ReceiptHandle", receiptHandle, "Message does not exist or is not available for visibility timeout change.");
    if (message.receiveCount !== receive) return;
    const now = this.#options.now();
    if (message.visibleAt <= now) throw new ServiceError("MessageNotInflight", "The specified message isn't in flight.");
    checkVisibility(seconds, (now - (message.receivedAt ?? now)) / 1_000);
    message.visibleAt = now + seconds * 1_000;
    this.#changed();
  }

  /**
   * When the first message that is not in `except` can be received (milliseconds since 1970, possibly past); undefined if there is none.
   */
  nextVisibleAt(except?: ReadonlySet<string>): number | undefined {
    let next: number | undefined;
    for (const { messageId, visibleAt } of this.#messages.values())
      if (!except?.has(messageId)) next = Math.min(next ?? visibleAt, visibleAt);
    return next;
  }

  /**
   * Counts the messages that can be received now, that were received and not deleted yet, and that wait for the delay they were sent with.
   */
  depth(): { visible: number; inFlight: number; delayed: number } {
    const now = this.#options.now();
    const hidden = this.all().filter(({ visibleAt }) => visibleAt > now);
    const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0).length;
    return { visible: this.#messages.size - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  /** All messages in the order they came, without receiving them. */
  all(): Readonly<Message>[] {
    return [...this.#messages.values()];
  }

  /** Calls `listener` after every send, receive, delete and change of visibility, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Drops messages past SQS's retention, and makes dead letters of those that were received too often. */
  #bury(now: number): void {
    const { maxReceiveCount, visibilitySeconds } = this.#options;
    for (const message of this.#messages.values()) {
      if (message.sentAt < now - RETENTION_MS) this.#messages.delete(message.messageId);
      else if (message.visibleAt <= now && message.receiveCount >= maxReceiveCount) {
        message.visibleAt = now + visibilitySeconds * 1_000;
        this.deadLetters.add(message);
        this.#messages.delete(message.messageId);
      }
    }
  }

  #take(message: Message, now: number): SQSRecord {
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    message.receivedAt = now;
    message.visibleAt = now + this.#options.visibilitySeconds * 1_000;
    const { messageId, body, sentAt, receiveCount, firstReceivedAt } = message;
    return {
      messageId,
      receiptHandle: Buffer.from(`${messageId} ${receiveCount}`).toString("base64"),
      body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        SentTimestamp: String(sentAt),
        SenderId: "AIDACKCEVSQ6C2EXAMPLE",
        ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
      },
      messageAttributes: {},
      md5OfBody: md5(body),
      eventSource: "aws:sqs",
      eventSourceARN: queueArn(this.name),
      awsRegion: REGION,
    };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function readHandle(handle: string): { messageId: string; receive: number } {
  const [, messageId, receive] = HANDLE.exec(Buffer.from(handle, "base64").toString()) ?? [];
  if (messageId === undefined)
    throw new ServiceError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`);
  return { messageId, receive: Number(receive) };
}
