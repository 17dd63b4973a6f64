import * as v from "valibot";
import { type RdsEvent, sourceNameOf } from "./rds-event.ts";
import { UnreadableEventError } from "./unreadable-event-error.ts";

// What an event is about becomes a part of a record's key, of which DynamoDB takes 2,048 bytes. Source: DynamoDB developer guide, "Quotas".
const tooBig = ({ expected }: { expected: string }) => `Too big: expected ${expected} characters`;
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(255, tooBig));
const arn = v.pipe(v.string(), v.maxLength(500, tooBig));

/** A time with its offset from UTC, such as 2024-02-05T06:40:41.207Z. */
export const timestamp = v.pipe(
  v.string(),
  v.check((text) => v.ISO_TIMESTAMP_REGEX.test(text) && !Number.isNaN(Date.parse(text)), "Invalid ISO datetime"),
);

/**
 * The fields that the guard reads from an RDS event in its EventBridge envelope.
 *
 * EventID can be missing or null, categories can be `["empty"]`, and Tags can be missing.
 * Source: Amazon EventBridge reference, "Amazon RDS events".
 */
export const envelopeSchema = v.pipe(
  v.custom<object>((it) => !Array.isArray(it), "expected an object"),
  v.object({
    id: v.optional(v.string()),
    source: v.literal("aws.rds"),
    "detail-type": v.string(),
    // Of another form they would say of no event whose it is.
    account: v.nullish(v.string()),
    region: v.nullish(v.string()),
    /** The first is the same as SourceArn. */
    resources: v.nullish(v.array(arn)),
    detail: v.object({
      SourceType: name,
      SourceIdentifier: name,
      SourceArn: v.nullish(arn),
      Date: timestamp,
      Message: v.string(),
      EventID: v.nullish(v.string()),
      EventCategories: v.nullish(v.array(v.string())),
      Tags: v.nullish(v.record(v.string(), v.string())),
    }),
  }),
);

const SOURCE_TYPES: Record<string, string> = {
  BLUE_GREEN_DEPLOYMENT: "blue-green-deployment",
  CLUSTER: "db-cluster",
  CLUSTER_SNAPSHOT: "db-cluster-snapshot",
  DB_INSTANCE: "db-instance",
  DB_PARAM: "db-parameter-group",
};

/**
 * Reads an RDS event as EventBridge delivers it.
 *
 * @throws UnreadableEventError if the input is not an RDS event.
 */
export function fromEventBridge(input: unknown): RdsEvent {
  const parsed = v.safeParse(envelopeSchema, input);
  if (!parsed.success) throw new UnreadableEventError("an RDS event from EventBridge", input, parsed.issues);
  const { detail, resources } = parsed.output;
  return {
    sourceType: SOURCE_TYPES[detail.SourceType] ?? detail.SourceType.toLowerCase().replaceAll("_", "-"),
    sourceIdentifier: sourceNameOf(detail.SourceIdentifier, detail.SourceArn ?? resources?.[0]),
    sourceArn: detail.SourceArn ?? undefined,
    date: new Date(detail.Date).toISOString(),
    message: detail.Message,
    eventId: detail.EventID || undefined,
    categories: knownCategories(detail.EventCategories),
    tags: detail.Tags ?? {},
  };
}

/** Drops the literal `"empty"` that RDS sends when an event has no category. */
export function knownCategories(categories: readonly string[] | null | undefined): string[] {
  return (categories ?? []).filter((category) => category !== "empty");
}
