import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkBody, type Message } from "./message.ts";

/** A message that could not be handled, as its file has it; times are ISO 8601. */
export interface DeadLetter {
  messageId: string;
  /** Why the queue made it a dead letter; what the guard sends says so in its attributes. */
  reason?: string;
  sentAt: string;
  visibleAt: string;
  receiveCount: number;
  firstReceivedAt?: string;
  /** As the sender gave them. */
  messageAttributes: object;
  body: string;
}

/** The dead-letter queue of a queue, each letter in a file besides, for a person to find. */
export class DeadLetters {
  readonly #folder: string | undefined;
  readonly #now: () => number;
  readonly #letters: DeadLetter[] = [];

  /** `now` is in milliseconds since 1970; without a folder the letters are in memory alone. */
  constructor(now: () => number, folder?: string) {
    this.#now = now;
    this.#folder = folder;
  }

  /** Answers the message's id. @throws ServiceError for a body that SQS would not take, node's error where the file cannot be written. */
  send(body: string, messageAttributes: object = {}): string {
    checkBody(body);
    const sentAt = this.#now();
    const messageId = randomUUID();
    this.#keep({ messageId, body, sentAt, visibleAt: sentAt, receiveCount: 0 }, { messageAttributes });
    return messageId;
  }

  /** Keeps a message that was received too often. @throws node's error where its file cannot be written: then it is not kept. */
  add(message: Message): void {
    const { receiveCount } = message;
    const reason = `Received ${receiveCount} ${receiveCount === 1 ? "time" : "times"} and never deleted.`;
    this.#keep(message, { reason, messageAttributes: {} });
  }

  /** All letters in the order they came. */
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

/** A body as JSON where that loses nothing. */
function readable(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && JSON.stringify(value) === body ? value : body;
  } catch {
    return body;
  }
}
