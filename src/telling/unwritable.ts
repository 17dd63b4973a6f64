import type { Item, Records } from "../clients/records.ts";
import type { Slack } from "../clients/slack/slack.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Time } from "../clients/time.ts";
import { deploymentIdOf } from "../facts/record.ts";
import { UnwritableRecordError } from "../facts/unwritable-record-error.ts";
import type { Form } from "../messages/form.ts";
import { unwritableMessage } from "../messages/slack/unwritable.ts";
import { amendItem } from "../operations/amend-item.ts";

/** When the channel was last told that a record cannot be kept, in milliseconds since 1970. */
interface UnwritableItem extends Item {
  toldAt: number;
}

const AGAIN_AFTER_MS = 3_600_000;

/**
 * Says in the log, in a metric and, once an hour, in the channel that the guard cannot keep what it knows of a deployment; does nothing for
 * any other error. `name` is what the deployment or database is called, if that is known.
 *
 * The channel is not told where the table does not take that note either: then it refuses everything, and each function fails.
 */
export async function sayUnwritable(error: unknown, name: string | undefined, dependencies: UnwritableDependencies): Promise<void> {
  if (!(error instanceof UnwritableRecordError)) return;
  const { records, slack, telemetry, time, form } = dependencies;
  const { key, cause } = error;
  const deployment = deploymentIdOf(key);
  telemetry.count("RecordsUnwritable");
  telemetry.log.error(error.message, { deployment, key });
  const now = time.now();
  let isDue = false;
  const item: UnwritableItem = { key: `unwritable#${key}`, version: 0, toldAt: 0 };
  await amendItem<UnwritableItem>(records, item, (it) => {
    isDue = now - it.toldAt >= AGAIN_AFTER_MS;
    return isDue ? { ...it, toldAt: now } : it;
  });
  if (!isDue) return;
  const what = name ?? deployment ?? key;
  const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : "";
  const posting = slack.post(unwritableMessage(what, why, form));
  await posting.catch(async (refused: unknown) => {
    // The next run says it.
    await amendItem<UnwritableItem>(records, item, (it) => (it.toldAt === now ? { ...it, toldAt: 0 } : it));
    throw refused;
  });
}

/** What saying so needs from the outside. */
export interface UnwritableDependencies {
  records: Pick<Records, "read" | "write">;
  slack: Pick<Slack, "post">;
  telemetry: Telemetry;
  time: Time;
  /** How its message is written; as Slack's mrkdwn if omitted. */
  form?: Form;
}
