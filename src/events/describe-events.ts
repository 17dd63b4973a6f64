import * as v from "valibot";
import { knownCategories, timestamp } from "./eventbridge.ts";
import { type RdsEvent, sourceNameOf } from "./rds-event.ts";
import { UnreadableEventError } from "./unreadable-event-error.ts";

/**
 * The fields that the guard reads from a row of DescribeEvents, which has no EventID and no tags.
 *
 * `Date` is a Date in the SDK's response and a string in saved AWS CLI output. Source: RDS API, `Event`.
 */
export const rowSchema = v.object({
  SourceType: v.pipe(v.string(), v.minLength(1)),
  SourceIdentifier: v.pipe(v.string(), v.minLength(1)),
  SourceArn: v.nullish(v.string()),
  Date: v.union([v.date(), timestamp]),
  Message: v.string(),
  EventCategories: v.nullish(v.array(v.string())),
});

/**
 * Reads one row of DescribeEvents.
 *
 * @throws UnreadableEventError if the input is not such a row.
 */
export function fromDescribeEvents(input: unknown): RdsEvent {
  const parsed = v.safeParse(rowSchema, input);
  if (!parsed.success) throw new UnreadableEventError("a row of DescribeEvents", input, parsed.issues);
  const row = parsed.output;
  return {
    sourceType: row.SourceType.toLowerCase(),
    sourceIdentifier: sourceNameOf(row.SourceIdentifier, row.SourceArn),
    sourceArn: row.SourceArn ?? undefined,
    date: new Date(row.Date).toISOString(),
    message: row.Message,
    categories: knownCategories(row.EventCategories),
    tags: {},
  };
}
