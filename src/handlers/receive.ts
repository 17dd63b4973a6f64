import type { Context, SQSRecord } from "aws-lambda";
import type { Deliveries } from "../clients/deliveries.ts";
import type { Queue } from "../clients/queue.ts";
import type { Span } from "../clients/tracing.ts";
import { fromEventBridge } from "../events/eventbridge.ts";
import { foreignWords, homeOf } from "../events/home.ts";
import { deliveryKey } from "../events/rds-event.ts";
import { UnreadableEventError } from "../events/unreadable-event-error.ts";
import { deploymentIdOf } from "../facts/record.ts";
import { type TakeDependencies, type Taken, take } from "../telling/take.ts";
import { isInAnotherRun } from "./in-another-run.ts";

/** One message of the batch: the key of the record that it was written to, or why that failed. */
export interface Received {
  record: SQSRecord;
  /** Its part of the trace, still open. */
  span: Span;
  key?: string;
  signal?: string;
  error?: unknown;
  /** Another run is taking the same delivery right now. */
  busy?: boolean;
}

/** Takes the event in a message of the queue, unless it was taken before; one that cannot be read goes to the dead-letter queue. */
export async function receive(record: SQSRecord, context: Context, dependencies: ReceiveDependencies): Promise<Received> {
  const { queue, telemetry } = dependencies;
  const span = telemetry.span("RDS event");
  const received: Received = { record, span };
  try {
    return { ...received, ...(await span.run(() => taken(record, span, context, dependencies))) };
  } catch (error) {
    if (isInAnotherRun(error)) return { ...received, busy: true };
    if (!(error instanceof UnreadableEventError)) return { ...received, error };
    telemetry.count("EventsFailed");
    telemetry.log.error(error.message, { body: record.body });
    span.note({ failure: error.message });
    // Its neighbours in the batch are taken whether or not it can be put away.
    return span
      .run(() => queue.deadLetter(record.body, error.message))
      .then(
        () => received,
        (failure: unknown) => ({ ...received, error: failure }),
      );
  }
}

/** What receiving needs from the outside. */
export interface ReceiveDependencies extends TakeDependencies {
  deliveries: Deliveries;
  queue: Pick<Queue, "deadLetter">;
}

async function taken(record: SQSRecord, span: Span, context: Context, dependencies: ReceiveDependencies): Promise<Partial<Received>> {
  const { deliveries, telemetry } = dependencies;
  const envelope = parsed(record.body);
  const event = fromEventBridge(envelope);
  const leftOut = foreignWords(envelope, homeOf(context.invokedFunctionArn));
  if (leftOut !== undefined) {
    telemetry.count("ForeignEvents");
    telemetry.log.info("RDS event", { event, taken: { leftOut } });
    return {};
  }
  const result = await deliveries.once<Taken>(deliveryKey(event), context, () => take(event, dependencies));
  const key = "key" in result ? result.key : undefined;
  const { signal } = result;
  const deployment = key === undefined ? undefined : deploymentIdOf(key);
  span.note({ deployment, signal });
  telemetry.log.info("RDS event", { deployment, signal, event, taken: result });
  return { key, signal };
}

/** What is not JSON stays text, and is refused as such. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
