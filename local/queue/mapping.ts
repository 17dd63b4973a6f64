import type { SQSEvent } from "aws-lambda";
import { failuresOf } from "./batch-failures.ts";
import type { EventSource, EventSourceOptions } from "./event-source.ts";
import { lambdaContext } from "./lambda-context.ts";
import type { QueueMessage } from "./message.ts";
import { queueArn, REGION } from "./names.ts";
import { sqsEvent } from "./sqs-event.ts";

const AFTER_QUEUE_ERROR_MS = 60_000;
const NAME = "bluegreen-guard-watch";

/** The event source of `startEventSource`: it looks at the queue whenever that changes, a handler ends or a message becomes visible. */
export class Mapping implements EventSource {
  readonly #options: EventSourceOptions;
  readonly #unsubscribe: () => void;
  readonly #batches = new Set<Promise<void>>();
  readonly #alarms = new Set<number>();
  /** The messages that handlers work on: nobody need be woken for them. */
  readonly #held = new Set<string>();
  readonly #waitingForIdle: (() => void)[] = [];
  #stopped = false;
  #active = 0;
  #receiving = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: EventSourceOptions) {
    this.#options = options;
    this.#unsubscribe = options.queue.onChange(() => this.#look());
    this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    await Promise.all(this.#batches);
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingForIdle.push(resolve);
      this.#look();
    });
  }

  #look(): void {
    const { queue, clock, maxConcurrency = 2 } = this.#options;
    const mayStart = () => !this.#stopped && this.#active < maxConcurrency && clock.now() >= this.#pausedUntil;
    while (mayStart() && queue.depth().visible > 0) this.#start();
    this.#setAlarm();
    const { visible, inFlight } = queue.depth();
    if (this.#active + visible + inFlight > 0) return;
    for (const resolve of this.#waitingForIdle.splice(0)) resolve();
  }

  #start(): void {
    this.#active += 1;
    const batch = this.#options.clock.work(async () => {
      try {
        await this.#batch();
      } finally {
        this.#active -= 1;
        // Still in the task: else a clock that a test moves would leave before the next batch begins.
        this.#look();
      }
    });
    this.#batches.add(batch);
    void batch.finally(() => this.#batches.delete(batch));
  }

  #setAlarm(): void {
    const { queue, clock } = this.#options;
    // A batch that is being received is not held yet; whoever receives it looks again.
    if (this.#stopped || this.#receiving > 0) return;
    const at = Math.max(queue.nextVisibleAt(this.#held) ?? Number.POSITIVE_INFINITY, this.#pausedUntil);
    if (at === Number.POSITIVE_INFINITY || at <= clock.now() || [...this.#alarms].some((alarm) => alarm <= at)) return;
    this.#alarms.add(at);
    void clock.work(async () => {
      await clock.until(at);
      this.#alarms.delete(at);
      this.#look();
    });
  }

  async #batch(): Promise<void> {
    const messages = await this.#receive();
    for (const { messageId } of messages) this.#held.add(messageId);
    try {
      this.#look();
      if (messages.length > 0) await this.#handle(messages);
    } finally {
      for (const { messageId } of messages) this.#held.delete(messageId);
    }
  }

  async #receive(): Promise<QueueMessage[]> {
    const { queue, clock, batchSize = 10, onError } = this.#options;
    this.#receiving += 1;
    const receiving = queue.receive(batchSize).finally(() => {
      this.#receiving -= 1;
    });
    try {
      return await receiving;
    } catch (error) {
      onError(error);
      this.#pausedUntil = clock.now() + AFTER_QUEUE_ERROR_MS;
      return [];
    }
  }

  async #handle(messages: readonly QueueMessage[]): Promise<void> {
    const { queue, handler, onError } = this.#options;
    const event = this.#eventOf(messages);
    const ids = messages.map((it) => it.messageId);
    let failed: Set<string>;
    try {
      failed = failuresOf(await handler(event, this.#context()), ids);
    } catch (error) {
      return onError(error, event);
    }
    const handled = messages.filter((it) => !failed.has(it.messageId));
    const deletes = await Promise.allSettled(handled.map((it) => queue.delete(it.receiptHandle)));
    for (const it of deletes) if (it.status === "rejected") onError(it.reason, event);
  }

  #eventOf(messages: readonly QueueMessage[]): SQSEvent {
    const { queueName = NAME, region = REGION } = this.#options;
    return sqsEvent(messages, { arn: queueArn(queueName, region), region });
  }

  #context() {
    const { functionName = NAME, region = REGION, functionTimeoutSeconds = 60, clock } = this.#options;
    return lambdaContext({ name: functionName, region, timeoutSeconds: functionTimeoutSeconds, now: () => clock.now() });
  }
}
