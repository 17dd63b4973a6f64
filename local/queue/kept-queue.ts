import { randomUUID } from "node:crypto";
import { checkDelay, checkMessage, checkReceive, checkVisibility } from "./limits.ts";
import { type KeptMessage, type QueueMessage, viewOf } from "./message.ts";
import type { MessageFolder } from "./message-folder.ts";
import type { MessageQueue, QueueDepth, QueueSettings } from "./message-queue.ts";
import { readReceiptHandle, receiptHandle } from "./receipt-handle.ts";
import { invalidValue } from "./sqs-error.ts";
import { deadLetter, received as toReceived, withVisibility } from "./transitions.ts";

/** A queue whose messages are in memory and in a folder alike; what a call answers is on the disk. */
export class KeptQueue implements MessageQueue {
  readonly settings: QueueSettings;
  readonly #messages: Map<string, KeptMessage>;
  readonly #folder: MessageFolder;
  readonly #now: () => number;
  readonly #deadLetters: KeptQueue | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(messages: KeptMessage[], folder: MessageFolder, now: () => number, settings: QueueSettings, deadLetters?: KeptQueue) {
    this.#messages = new Map(messages.map((message) => [message.messageId, message]));
    this.#folder = folder;
    this.#now = now;
    this.settings = settings;
    this.#deadLetters = deadLetters;
  }

  async send(body: string, { delaySeconds = 0, messageAttributes = {} }: Parameters<MessageQueue["send"]>[1] = {}): Promise<string> {
    checkMessage(body, messageAttributes);
    checkDelay(delaySeconds);
    const sentAt = this.#now();
    const visibleAt = sentAt + delaySeconds * 1_000;
    const message = { messageId: randomUUID(), body, messageAttributes, sentAt, visibleAt, receiveCount: 0 };
    await this.#folder.save(message);
    this.#adopt(message);
    return message.messageId;
  }

  async receive(max: number, options: { visibilitySeconds?: number } = {}): Promise<QueueMessage[]> {
    const seconds = options.visibilitySeconds ?? this.settings.visibilitySeconds;
    checkReceive(max);
    checkVisibility(seconds);
    const changes = this.#expired().map((message) => this.#drop(message));
    const received: QueueMessage[] = [];
    for (const message of this.#visible()) {
      if (received.length === max) break;
      if (this.#deadLetters && message.receiveCount >= (this.settings.maxReceiveCount ?? Number.POSITIVE_INFINITY)) {
        changes.push(this.#bury(message, this.#deadLetters));
      } else {
        const taken = this.#put(toReceived(message, this.#now(), seconds));
        received.push(handedOut(taken));
        changes.push(this.#folder.save(taken));
      }
    }
    if (changes.length > 0) this.#notify();
    await Promise.all(changes);
    return received;
  }

  async delete(handle: string): Promise<void> {
    const { messageId, receipt } = readReceiptHandle(handle);
    const message = this.#messages.get(messageId);
    if (message?.receipt !== receipt) return;
    await this.#drop(message);
    this.#notify();
  }

  async changeVisibility(handle: string, seconds: number): Promise<void> {
    const { messageId, receipt } = readReceiptHandle(handle);
    checkVisibility(seconds);
    const message = this.#messages.get(messageId);
    if (!message) {
      throw invalidValue("ReceiptHandle", handle, "Message does not exist or is not available for visibility timeout change.");
    }
    if (message.receipt !== receipt) return;
    await this.#folder.save(this.#put(withVisibility(message, this.#now(), seconds)));
    this.#notify();
  }

  nextVisibleAt(except?: ReadonlySet<string>): number | undefined {
    const times = [...this.#messages.values()].filter((it) => !except?.has(it.messageId)).map((it) => it.visibleAt);
    return times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : undefined;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  depth(): QueueDepth {
    const visible = this.#visible().length;
    const delayed = [...this.#messages.values()].filter((it) => it.receiveCount === 0 && it.visibleAt > this.#now()).length;
    return { visible, inFlight: this.#messages.size - visible - delayed, delayed };
  }

  all() {
    return [...this.#messages.values()].map(viewOf);
  }

  #visible(): KeptMessage[] {
    const now = this.#now();
    return [...this.#messages.values()].filter((it) => it.visibleAt <= now);
  }

  #expired(): KeptMessage[] {
    const oldest = this.#now() - (this.settings.retentionSeconds ?? Number.POSITIVE_INFINITY) * 1_000;
    return [...this.#messages.values()].filter((it) => it.sentAt < oldest);
  }

  /** Forgets at once and deletes the file; a message whose file stays is kept. */
  async #drop(message: KeptMessage): Promise<void> {
    this.#messages.delete(message.messageId);
    try {
      await this.#folder.remove(message.messageId);
    } catch (error) {
      this.#messages.set(message.messageId, message);
      throw error;
    }
  }

  /** Forgets at once and moves the file; a message that cannot be moved is kept. */
  async #bury(message: KeptMessage, deadLetters: KeptQueue): Promise<void> {
    const dead = deadLetter(message, this.#now());
    this.#messages.delete(dead.messageId);
    try {
      await this.#folder.moveTo(deadLetters.#folder, dead);
    } catch (error) {
      this.#put(message);
      throw error;
    }
    deadLetters.#adopt(dead);
  }

  #adopt(message: KeptMessage): void {
    this.#put(message);
    this.#notify();
  }

  #put(message: KeptMessage): KeptMessage {
    this.#messages.set(message.messageId, message);
    return message;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

function handedOut(message: KeptMessage): QueueMessage {
  const { attributes, ...view } = viewOf(message);
  const { receivedAt = 0, firstReceivedAt = receivedAt, messageId, receipt = "" } = message;
  return {
    ...view,
    receiptHandle: receiptHandle(messageId, receipt),
    attributes: { ...attributes, ApproximateFirstReceiveTimestamp: String(firstReceivedAt) },
  };
}
