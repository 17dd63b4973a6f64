import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { type RdsEvent, sourceNameOf } from "./rds-event.ts";
import { UnreadableEventError } from "./unreadable-event-error.ts";

// zod/mini, a fifth of zod's size, ships without error messages.
z.config(en());

// What an event is about becomes a part of a record's key, of which DynamoDB takes 2,048 bytes. Source: DynamoDB developer guide, "Quotas".
const name = z.string().check(z.minLength(1), z.maxLength(255));
const arn = z.string().check(z.maxLength(500));

/**
 * The fields that the guard reads from an RDS event in its EventBridge envelope.
 *
 * EventID can be missing or null, categories can be `["empty"]`, and Tags can be missing.
 * Source: Amazon EventBridge reference, "Amazon RDS events".
 */
export const envelopeSchema = z.object({
  id: z.optional(z.string()),
  source: z.literal("aws.rds"),
  "detail-type": z.string(),
  /** The first is the same as SourceArn. */
  resources: z.nullish(z.array(arn)),
  detail: z.object({
    SourceType: name,
    SourceIdentifier: name,
    SourceArn: z.nullish(arn),
    Date: z.iso.datetime({ offset: true }),
    Message: z.string(),
    EventID: z.nullish(z.string()),
    EventCategories: z.nullish(z.array(z.string())),
    Tags: z.nullish(z.record(z.string(), z.string())),
  }),
});

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
  const parsed = envelopeSchema.safeParse(input);
  if (!parsed.success) throw new UnreadableEventError("an RDS event from EventBridge", input, parsed.error);
  const { detail, resources } = parsed.data;
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
