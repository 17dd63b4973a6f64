import type { Context, SQSRecord } from "aws-lambda";
import type { Queue } from "../clients/queue.ts";
import type { Span } from "../clients/tracing.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { fromEventBridge } from "../events/eventbridge.ts";
import { foreignWords, homeOf } from "../events/home.ts";
import { UnreadableEventError } from "../events/unreadable-event-error.ts";
import { deploymentIdOf } from "../facts/record.ts";
import { type FilingDependencies, file } from "../telling/filing.ts";
import type { NewReport } from "../telling/news.ts";

/** One message of the batch: the key of the record to which its event belongs, or why that failed. */
export interface Received {
  record: SQSRecord;
  /** Its part of the trace, still open. */
  span: Span;
  key?: string;
  signal?: string;
  news?: NewReport;
  error?: unknown;
}

/** Files the event in a message of the queue; one that cannot be read goes to the dead-letter queue. */
export async function receive(
  record: SQSRecord,
  context: Context,
  listing: () => Promise<Deployment[]>,
  dependencies: ReceiveDependencies,
): Promise<Received> {
  const { queue, telemetry } = dependencies;
  const span = telemetry.span("RDS event");
  const received: Received = { record, span };
  try {
    return { ...received, ...(await span.run(() => filed(record, span, context, listing, dependencies))) };
  } catch (error) {
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
export interface ReceiveDependencies extends FilingDependencies {
  queue: Pick<Queue, "deadLetter">;
}

async function filed(
  record: SQSRecord,
  span: Span,
  context: Context,
  listing: () => Promise<Deployment[]>,
  dependencies: ReceiveDependencies,
): Promise<Partial<Received>> {
  const { telemetry } = dependencies;
  const envelope = parsed(record.body);
  const event = fromEventBridge(envelope);
  const leftOut = foreignWords(envelope, homeOf(context.invokedFunctionArn));
  if (leftOut !== undefined) {
    telemetry.count("ForeignEvents");
    telemetry.log.info("RDS event", { event, taken: { leftOut } });
    return {};
  }
  const taken = await file(event, await listing(), dependencies);
  const key = "key" in taken ? taken.key : undefined;
  const news = "news" in taken ? taken.news : undefined;
  const { signal } = taken;
  const deployment = key === undefined ? undefined : deploymentIdOf(key);
  span.note({ deployment, signal });
  telemetry.log.info("RDS event", { deployment, signal, event, taken: key === undefined ? taken : { signal, key } });
  return { key, signal, news };
}

/** What is not JSON stays text, and is refused as such. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
