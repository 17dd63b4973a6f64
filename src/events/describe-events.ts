import * as z from "zod/mini";
import { knownCategories } from "./eventbridge.ts";
import { type RdsEvent, sourceNameOf } from "./rds-event.ts";
import { UnreadableEventError } from "./unreadable-event-error.ts";

/**
 * The fields that the guard reads from a row of DescribeEvents, which has no EventID and no tags.
 *
 * `Date` is a Date in the SDK's response and a string in saved AWS CLI output. Source: RDS API, `Event`.
 */
export const rowSchema = z.object({
  SourceType: z.string().check(z.minLength(1)),
  SourceIdentifier: z.string().check(z.minLength(1)),
  SourceArn: z.nullish(z.string()),
  Date: z.union([z.date(), z.iso.datetime({ offset: true })]),
  Message: z.string(),
  EventCategories: z.nullish(z.array(z.string())),
});

/**
 * Reads one row of DescribeEvents.
 *
 * @throws UnreadableEventError if the input is not such a row.
 */
export function fromDescribeEvents(input: unknown): RdsEvent {
  const parsed = rowSchema.safeParse(input);
  if (!parsed.success) throw new UnreadableEventError("a row of DescribeEvents", input, parsed.error);
  const row = parsed.data;
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
