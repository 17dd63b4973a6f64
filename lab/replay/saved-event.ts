import * as v from "valibot";
import { routeOf } from "../../local/bus.ts";
import { fromDescribeEvents, rowSchema } from "../../src/events/describe-events.ts";
import { fromEventBridge } from "../../src/events/eventbridge.ts";
import { identityOf, type RdsEvent } from "../../src/events/rds-event.ts";
import { UnreadableEventError } from "../../src/events/unreadable-event-error.ts";
import { envelopeOfRow, rowWord } from "./row-envelope.ts";
import { isObject } from "./saved-values.ts";

/** One event to be given to the routes. */
export interface SavedEvent {
  /** The envelope's id, or the delivery key of what has none. */
  key: string;
  /** What EventBridge sends. */
  envelope: unknown;
  /** In the guard's form; absent for what is no RDS event. */
  rds?: RdsEvent;
  /** Milliseconds since 1970; absent if the event does not say. */
  at?: number;
}

/**
 * One event from its saved form: an envelope of EventBridge, a row of DescribeEvents, or an event of a recorded story.
 *
 * An envelope that no route takes is left as it is, whatever it holds: EventBridge does not look at it either.
 *
 * @throws Error that names the field which is wrong.
 */
export function savedEvent(value: unknown): SavedEvent {
  if (!isObject(value)) throw new Error(`not an event: received ${JSON.stringify(value).slice(0, 80)}.`);
  if (["source", "detail-type", "detail"].some((field) => field in value)) return eventOfEnvelope(value);
  if (Object.keys(rowSchema.entries).some((field) => field in value)) return eventOfRow(value);
  if ("sourceType" in value && "message" in value) return eventOfRow(rowOfStory(value));
  throw new Error(
    "not an event: it has neither the fields of an EventBridge envelope (source, detail-type, detail) " +
      "nor those of a row of DescribeEvents (SourceType, SourceIdentifier, Date, Message).",
  );
}

const anySchema = v.object({ source: v.string(), id: v.optional(v.string()) });
const rdsSchema = v.object({ "detail-type": v.string(), detail: v.record(v.string(), v.unknown()) });

function eventOfEnvelope(envelope: Record<string, unknown>): SavedEvent {
  const { source, id } = checked(anySchema, envelope);
  if (source === "aws.rds") checked(rdsSchema, envelope);
  const rds = routeOf(envelope) ? fromEventBridge(envelope) : rdsEventOrNothing(envelope);
  const date = Date.parse(rds?.date ?? String(envelope["time"]));
  const ownName = [source, envelope["detail-type"], envelope["time"]].filter((it) => typeof it === "string").join("|");
  return { key: id || (rds ? identityOf(rds) : ownName), envelope, rds, at: Number.isNaN(date) ? undefined : date };
}

function eventOfRow(row: unknown): SavedEvent {
  const rds = fromDescribeEvents(row);
  return { key: identityOf(rds), envelope: envelopeOfRow(rds), rds, at: Date.parse(rds.date) };
}

/** A recorded story says times to the minute and has EventBridge's words for source types. */
function rowOfStory({ sourceType, sourceIdentifier, message, time }: Record<string, unknown>): unknown {
  const date = Date.parse(String(time));
  return {
    SourceType: rowWord(String(sourceType)),
    SourceIdentifier: sourceIdentifier,
    Date: Number.isNaN(date) ? time : new Date(date).toISOString(),
    Message: message,
  };
}

function checked<T>(schema: v.GenericSchema<unknown, T>, input: unknown): T {
  const result = v.safeParse(schema, input);
  if (!result.success) throw new UnreadableEventError("an event in EventBridge's envelope", input, result.issues);
  return result.output;
}

function rdsEventOrNothing(envelope: unknown): RdsEvent | undefined {
  try {
    return fromEventBridge(envelope);
  } catch {
    return undefined;
  }
}
