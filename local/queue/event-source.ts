import { setImmediate } from "node:timers/promises";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Clock } from "../clock.ts";
import { lambdaContext } from "./lambda-context.ts";
import type { Queue } from "./queue.ts";

/** Options for an event source: a queue, and the function behind it. */
export interface EventSourceOptions {
  queue: Queue;
  clock: Clock;
  handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse | undefined>;
  /** The most messages that the handler gets at once; 10 if left out. */
  batchSize?: number;
  /** The most handlers that run at once; 2 if left out. */
  maxConcurrency?: number;
  /** Called if a handler throws, if its response names a message outside its batch, and if a dead letter cannot be written. */
  onError(error: unknown, event?: SQSEvent): void;
}

const FUNCTION = { name: "bluegreen-guard-watch", timeoutSeconds: 60 };

/**
 * Passes a queue's messages to a handler, as Lambda's event source mapping with ReportBatchItemFailures does, until stopped.
 *
 * Source: Lambda developer guide, "Using Lambda with Amazon SQS". Unlike Lambda, it does not scale up or down, and it does not end a
 * handler that runs longer than its function's timeout.
 */
export class EventSource {
  readonly #options: EventSourceOptions;
  readonly #unsubscribe: () => void;
  readonly #batches = new Set<Promise<void>>();
  readonly #alarms = new Set<number>();
  /** The messages that handlers are working on: nothing needs to wake up for them. */
  readonly #held = new Set<string>();
  readonly #waitingForIdle: (() => void)[] = [];
  #active = 0;
  /** True while it receives messages and starts handlers, which itself changes the queue. */
  #looking = false;
  #soon = false;
  #stopped = false;

  constructor(options: EventSourceOptions) {
    this.#options = options;
    this.#unsubscribe = options.queue.onChange(() => this.#lookSoon());
    this.#look();
  }

  /** Passes nothing more to the handler, and resolves once running handlers have ended and their messages are deleted. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    await Promise.all(this.#batches);
  }

  /**
   * Resolves once no message is in the queue, so also none that failed and waits for its visibility timeout, or was sent with a delay. It never resolves if the event source is stopped first, or inside a task of a clock that a test moves.
   */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingForIdle.push(resolve);
      this.#look();
    });
  }

  /** What is sent at the same moment comes in one batch, so that its order does not hang on which of two handlers is faster. */
  #lookSoon(): void {
    if (this.#soon || this.#looking) return;
    this.#soon = true;
    void this.#options.clock.work(async () => {
      await setImmediate();
      this.#soon = false;
      this.#look();
    });
  }

  /** Looks at the queue: whenever that changes, a handler ends or a message becomes visible. */
  #look(): void {
    if (this.#looking) return;
    this.#looking = true;
    const { maxConcurrency = 2, queue } = this.#options;
    while (!this.#stopped && this.#active < maxConcurrency) {
      const messages = this.#receive();
      if (messages.length === 0) break;
      this.#start(messages);
    }
    if (this.#active < maxConcurrency) this.#setAlarm();
    this.#looking = false;
    if (this.#active > 0 || this.#waitingForIdle.length === 0) return;
    if (queue.all().length === 0) for (const resolve of this.#waitingForIdle.splice(0)) resolve();
  }

  #receive(): SQSRecord[] {
    const { queue, batchSize, onError } = this.#options;
    try {
      return queue.receive(batchSize ?? 10);
    } catch (error) {
      onError(error);
      // The message whose dead letter could not be written is hidden now.
      return this.#receive();
    }
  }

  #setAlarm(): void {
    const { queue, clock } = this.#options;
    const at = queue.nextVisibleAt(this.#held);
    if (this.#stopped || at === undefined || at <= clock.now() || [...this.#alarms].some((alarm) => alarm <= at)) return;
    this.#alarms.add(at);
    void clock.work(async () => {
      await clock.until(at);
      this.#alarms.delete(at);
      this.#look();
    });
  }

  #start(messages: SQSRecord[]): void {
    this.#active += 1;
    for (const { messageId } of messages) this.#held.add(messageId);
    const batch = this.#options.clock.work(async () => {
      await this.#handle({ Records: messages });
      for (const { messageId } of messages) this.#held.delete(messageId);
      this.#active -= 1;
      // Still inside the task: otherwise a clock that a test moves would move on before the next batch starts.
      this.#look();
    });
    this.#batches.add(batch);
    void batch.finally(() => this.#batches.delete(batch));
  }

  async #handle(event: SQSEvent): Promise<void> {
    const { queue, handler, onError, clock } = this.#options;
    try {
      const failed = failuresOf(await handler(event, lambdaContext({ ...FUNCTION, now: () => clock.now() })), event);
      for (const { messageId, receiptHandle } of event.Records) if (!failed.has(messageId)) queue.delete(receiptHandle);
    } catch (error) {
      onError(error, event);
    }
  }
}

/**
 * Returns the ids of the messages that the handler reports as failed; no response and an empty list mean none.
 *
 * Source: Lambda developer guide, "Implementing partial batch responses".
 *
 * @throws Error if the response names anything but a message of the batch, in which case Lambda treats the whole batch as failed.
 */
function failuresOf(response: SQSBatchResponse | null | undefined, { Records }: SQSEvent): Set<string> {
  const failures = response?.batchItemFailures ?? [];
  const stranger = failures.find((it) => !Records.some(({ messageId }) => messageId === it?.itemIdentifier));
  if (stranger !== undefined) {
    throw new Error(
      `The handler reported ${JSON.stringify(stranger)} as failed, which is no message of its batch, so the whole batch counts as failed. Report {itemIdentifier: messageId}.`,
    );
  }
  return new Set(failures.map((it) => it.itemIdentifier));
}
