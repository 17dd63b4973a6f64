import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkBody, type Message } from "./message.ts";

/** A message that could not be handled, as its file holds it; times are ISO 8601. */
export interface DeadLetter {
  messageId: string;
  /** Why the queue made it a dead letter; absent for one that the guard sent, whose attributes say why. */
  reason?: string;
  sentAt: string;
  visibleAt: string;
  receiveCount: number;
  firstReceivedAt?: string;
  /** As the sender gave them. */
  messageAttributes: object;
  body: string;
}

/** The dead-letter queue of a queue, which also writes each letter to a file for a person to find. */
export class DeadLetters {
  readonly #folder: string | undefined;
  readonly #now: () => number;
  readonly #letters: DeadLetter[] = [];

  /** `now` is in milliseconds since 1970; without a folder the letters are only in memory. */
  constructor(now: () => number, folder?: string) {
    this.#now = now;
    this.#folder = folder;
  }

  /** Returns the message's id. @throws ServiceError for a body that SQS would refuse, Node's error if the file cannot be written. */
  send(body: string, messageAttributes: object = {}): string {
    checkBody(body);
    const sentAt = this.#now();
    const messageId = randomUUID();
    this.#keep({ messageId, body, sentAt, visibleAt: sentAt, receiveCount: 0 }, { messageAttributes });
    return messageId;
  }

  /** Adds a message that was received too often. @throws Node's error if its file cannot be written; the message is not added then. */
  add(message: Message): void {
    const { receiveCount } = message;
    const reason = `Received ${receiveCount} ${receiveCount === 1 ? "time" : "times"} and never deleted.`;
    this.#keep(message, { reason, messageAttributes: {} });
  }

  /** All letters, in the order they came. */
  all(): readonly DeadLetter[] {
    return this.#letters;
  }

  #keep(message: Message, { reason, messageAttributes }: Pick<DeadLetter, "reason" | "messageAttributes">): void {
    const { messageId, body, receiveCount, firstReceivedAt } = message;
    const letter = {
      messageId,
      reason,
      sentAt: iso(message.sentAt),
      visibleAt: iso(this.#now()),
      receiveCount,
      firstReceivedAt: firstReceivedAt === undefined ? undefined : iso(firstReceivedAt),
      messageAttributes,
      body,
    };
    if (this.#folder !== undefined) {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(join(this.#folder, `${messageId}.json`), `${JSON.stringify({ ...letter, body: readable(body) }, null, 2)}\n`);
    }
    this.#letters.push(letter);
  }
}

const iso = (at: number) => new Date(at).toISOString();

/** A body as parsed JSON, if that loses nothing. */
function readable(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && JSON.stringify(value) === body ? value : body;
  } catch {
    return body;
  }
}
