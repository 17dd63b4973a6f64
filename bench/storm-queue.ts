import type { SQSRecord } from "aws-lambda";
import { sqsRecord } from "./rds-events.ts";

interface Waiting {
  id: string;
  body: string;
  visibleAt: number;
  receives: number;
}

/** The queue of a storm as the function's event source sees it, in memory: SQS's own work is none of the guard's. */
export class StormQueue {
  readonly #waiting = new Map<string, Waiting>();
  readonly #inFlight = new Map<string, Waiting>();
  /** How many of the messages were received at least once. */
  received = 0;
  /** How often messages were received, all together. */
  receives = 0;
  /** How often the message was received that was received most often. */
  mostReceives = 0;

  /** Puts messages there that can be received at once. */
  constructor(bodies: readonly string[], now: number) {
    for (const [index, body] of bodies.entries()) {
      const id = `message-${index}`;
      this.#waiting.set(id, { id, body, visibleAt: now, receives: 0 });
    }
  }

  /** The messages that are not handled yet. */
  get left(): number {
    return this.#waiting.size + this.#inFlight.size;
  }

  /** Takes up to ten messages that are visible at `now`, the ones that came first. */
  receive(now: number): SQSRecord[] {
    const taken: Waiting[] = [];
    for (const message of this.#waiting.values()) {
      if (taken.length === 10) break;
      if (message.visibleAt <= now) taken.push(message);
    }
    return taken.map((message) => {
      this.#waiting.delete(message.id);
      this.#inFlight.set(message.id, message);
      message.receives += 1;
      this.receives += 1;
      if (message.receives === 1) this.received += 1;
      this.mostReceives = Math.max(this.mostReceives, message.receives);
      return sqsRecord(message.body, message.id, message.receives);
    });
  }

  /** Sets when a message that is being handled comes back, should it not be done. */
  retryAt(id: string, at: number): void {
    const message = this.#inFlight.get(id);
    if (message) message.visibleAt = at;
  }

  /** Ends a batch: what failed comes back when it was said to, the rest is gone. */
  end(batch: readonly SQSRecord[], failed: ReadonlySet<string>): void {
    for (const { messageId } of batch) {
      const message = this.#inFlight.get(messageId);
      this.#inFlight.delete(messageId);
      if (message && failed.has(messageId)) this.#waiting.set(messageId, message);
    }
  }

  /** Takes out the messages that were never received. */
  putAsideUnreceived(): void {
    for (const { id, receives } of [...this.#waiting.values()]) if (receives === 0) this.#waiting.delete(id);
  }

  /** When the first message that nobody handles can be received, milliseconds since 1970; nothing where there is none. */
  nextVisibleAt(): number | undefined {
    let next: number | undefined;
    for (const { visibleAt } of this.#waiting.values()) next = Math.min(next ?? visibleAt, visibleAt);
    return next;
  }
}
