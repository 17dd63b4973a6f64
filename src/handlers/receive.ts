import type { Context, SQSRecord } from "aws-lambda";
import type { Queue } from "../clients/queue.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Span } from "../clients/tracing.ts";
import { fromEventBridge } from "../events/eventbridge.ts";
import { foreignWords, homeOf } from "../events/home.ts";
import type { RdsEvent } from "../events/rds-event.ts";
import { UnreadableEventError } from "../events/unreadable-event-error.ts";
import { deploymentIdOf } from "../facts/record.ts";
import { type FilingDependencies, file, type Place } from "../telling/filing.ts";
import type { NewReport } from "../telling/news.ts";

/** One message of the batch and the event in it. */
export interface Message {
  record: SQSRecord;
  /** Its part of the trace, still open. */
  span: Span;
  /** Undefined if nobody is to be told of it. */
  event?: RdsEvent;
  /** Why it could not be dealt with. */
  error?: unknown;
}

/** The same, with the key of the record to which its event belongs. */
export interface Received extends Omit<Message, "event"> {
  key?: string;
  signal?: string;
  news?: NewReport;
}

/** Reads a message of the queue; one that cannot be read goes to the dead-letter queue, and an event from elsewhere is left out. */
export async function read(record: SQSRecord, context: Context, { queue, telemetry }: ReadDependencies): Promise<Message> {
  const span = telemetry.span("RDS event");
  const message: Message = { record, span };
  try {
    const envelope = parsed(record.body);
    const event = fromEventBridge(envelope);
    const leftOut = foreignWords(envelope, homeOf(context.invokedFunctionArn));
    if (leftOut === undefined) return { ...message, event };
    telemetry.count("ForeignEvents");
    telemetry.log.info("RDS event", { event, taken: { leftOut } });
    return message;
  } catch (error) {
    if (!(error instanceof UnreadableEventError)) return { ...message, error };
    telemetry.count("EventsFailed");
    telemetry.log.error(error.message, { body: record.body });
    span.note({ failure: error.message });
    // Its neighbours in the batch are taken whether or not it can be put away.
    return span
      .run(() => queue.deadLetter(record.body, error.message))
      .then(
        () => message,
        (failure: unknown) => ({ ...message, error: failure }),
      );
  }
}

/** Files the event of a message at its place. */
export async function receive(
  { event, place, ...message }: Message & { place?: Place },
  dependencies: FilingDependencies,
): Promise<Received> {
  const { span } = message;
  if (event === undefined || place === undefined) return message;
  try {
    const taken = await span.run(() => file(event, place, dependencies));
    const key = "key" in taken ? taken.key : undefined;
    const news = "news" in taken ? taken.news : undefined;
    const { signal } = taken;
    const deployment = key === undefined ? undefined : deploymentIdOf(key);
    span.note({ deployment, signal });
    dependencies.telemetry.log.info("RDS event", { deployment, signal, event, taken: key === undefined ? taken : { signal, key } });
    return { ...message, key, signal, news };
  } catch (error) {
    return { ...message, error };
  }
}

/** What reading a message needs from the outside. */
export interface ReadDependencies {
  queue: Pick<Queue, "deadLetter">;
  telemetry: Telemetry;
}

/** What is not JSON stays text, and is refused as such. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
