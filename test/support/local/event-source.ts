import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { onTestFinished } from "vitest";
import { VirtualClock } from "../../../local/clock.ts";
import { EventSource, type EventSourceOptions } from "../../../local/queue/event-source.ts";
import { Queue } from "../../../local/queue/queue.ts";
import { START } from "./queue.ts";

/** A queue in front of a handler, on a clock that jumps. */
export interface TestSource {
  clock: VirtualClock;
  queue: Queue;
  source: EventSource;
  /** What the handler was given: `<seconds since the beginning> s: <bodies>`. */
  given: string[];
  /** What went wrong, as messages. */
  errors: string[];
  /** Sends, in the order named, while time stands still; a number is the delay in seconds of what follows it. */
  send(...bodies: (string | number)[]): Promise<void>;
  /** Resolves once the queue is empty, its delayed messages included. */
  drained(): Promise<void>;
}

/** The answer of a handler that managed everything, or all but these. */
export function allBut(...records: (SQSRecord | undefined)[]): SQSBatchResponse {
  return { batchItemFailures: records.flatMap((it) => (it ? [{ itemIdentifier: it.messageId }] : [])) };
}

/** Starts a handler behind a queue that makes a message a dead letter after three receives. */
export function startTestSource(
  handler: (event: SQSEvent, context: Context, surroundings: TestSource) => Promise<SQSBatchResponse | undefined>,
  { deadLettersFolder, ...options }: Partial<EventSourceOptions> & { deadLettersFolder?: string } = {},
): TestSource {
  const clock = new VirtualClock(START);
  const queue = new Queue({ name: "bluegreen-guard-watch", now: () => clock.now(), maxReceiveCount: 3, deadLettersFolder });
  const given: string[] = [];
  const errors: string[] = [];
  const source = new EventSource({
    queue,
    clock,
    async handler(event, context) {
      given.push(`${(clock.now() - START) / 1_000} s: ${event.Records.map((it) => it.body).join(" ")}`);
      return handler(event, context, test);
    },
    onError: (error) => errors.push(error instanceof Error ? error.message : String(error)),
    ...options,
  });
  onTestFinished(() => source.stop());
  const test: TestSource = {
    clock,
    queue,
    source,
    given,
    errors,
    send: (...bodies) => clock.work(async () => sendAll(queue, bodies)),
    drained: () => drain(queue, source, clock),
  };
  return test;
}

function sendAll(queue: Queue, bodies: (string | number)[]): void {
  let delaySeconds = 0;
  for (const it of bodies) {
    if (typeof it === "number") delaySeconds = it;
    else queue.send(it, { delaySeconds });
  }
}

async function drain(queue: Queue, source: EventSource, clock: VirtualClock): Promise<void> {
  for (let next = queue.nextVisibleAt(); next !== undefined; next = queue.nextVisibleAt()) {
    const at = next;
    await source.idle();
    await clock.work(() => clock.until(at));
  }
}
