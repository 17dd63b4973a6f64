import type { OpenItem, Records } from "../clients/records.ts";
import { isRefusal } from "../clients/transient.ts";
import { bounded } from "../facts/bounded.ts";
import { hintOf } from "../facts/hint.ts";
import { type DeploymentRecord, deploymentIdOf, expiringIfClosed, newRecord, rankOf } from "../facts/record.ts";
import { UnwritableRecordError } from "../facts/unwritable-record-error.ts";
import { specOf } from "../plans/spec/spec.ts";
import { amendItem } from "./amend-item.ts";
import { keepFirstSpec, letSpecExpire } from "./recreate/saved-spec.ts";

type Kept = Pick<Records, "read" | "write">;

/**
 * Changes a deployment's record, within the size that one item may have, and its place in the index of open items.
 *
 * @throws UnwritableRecordError if the table refuses it for good; what amendItem throws
 */
export function amendRecord(records: Kept, key: string, change: (record: DeploymentRecord) => DeploymentRecord): Promise<DeploymentRecord> {
  const changed = (record: DeploymentRecord) => {
    const after = change(record);
    return after === record ? record : keptOf(after);
  };
  const kept = { ...records, write: (...asked: Parameters<Records["write"]>) => unlessRefused(asked[0].key, records.write(...asked)) };
  return amendItem(kept, newRecord(key), changed, placeOf, (after, before) => keepAside(after, before, records));
}

/**
 * Writes a deployment's record, bounded, in place of `before`; undefined if somebody else has written it meanwhile.
 *
 * @throws UnwritableRecordError if the table refuses it for good; what the client throws
 */
export async function writeRecord(
  records: Kept,
  record: DeploymentRecord,
  before: DeploymentRecord,
): Promise<DeploymentRecord | undefined> {
  const kept = keptOf({ ...record, version: before.version });
  await keepAside(kept, before, records);
  const isWritten = await unlessRefused(kept.key, records.write(kept, placeOf(kept)));
  return isWritten ? { ...kept, version: kept.version + 1 } : undefined;
}

/** @throws UnwritableRecordError if the table will not take the record later either, and what the client throws */
async function unlessRefused(key: string, write: Promise<boolean>): Promise<boolean> {
  try {
    return await write;
  } catch (error) {
    throw error instanceof Error && isRefusal(error) ? new UnwritableRecordError(key, error) : error;
  }
}

const keptOf = (record: DeploymentRecord): DeploymentRecord => expiringIfClosed(bounded(record));

/** What it was created from has an item of its own, which is written before the record says so. */
async function keepAside(after: DeploymentRecord, before: DeploymentRecord, records: Kept): Promise<void> {
  const { key, seen, specAt, expiresAt } = after;
  const id = deploymentIdOf(key);
  if (id === undefined || specAt === undefined || seen === undefined) return;
  const spec = before.specAt === undefined ? specOf(seen, specAt) : undefined;
  if (spec) await keepFirstSpec(id, spec, expiresAt, records);
  else if (expiresAt !== before.expiresAt) await letSpecExpire(id, expiresAt, records);
}

function placeOf(record: DeploymentRecord): Omit<OpenItem, "key"> | undefined {
  const rank = rankOf(record);
  if (rank === undefined) return undefined;
  const hint = hintOf(record);
  return hint === undefined ? { rank } : { rank, hint };
}
