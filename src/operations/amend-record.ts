import type { OpenItem, Records } from "../clients/records.ts";
import { bounded } from "../facts/bounded.ts";
import { hintOf } from "../facts/hint.ts";
import { type DeploymentRecord, deploymentIdOf, expiringIfClosed, newRecord, rankOf } from "../facts/record.ts";
import { specOf } from "../plans/spec/spec.ts";
import { amendItem } from "./amend-item.ts";
import { keepSpec, letSpecExpire } from "./recreate/saved-spec.ts";

type Kept = Pick<Records, "read" | "write">;

/** Changes a deployment's record, within the size that one item may have, and its place in the index of open items. */
export function amendRecord(records: Kept, key: string, change: (record: DeploymentRecord) => DeploymentRecord): Promise<DeploymentRecord> {
  const changed = (record: DeploymentRecord) => {
    const after = change(record);
    return after === record ? record : keptOf(after);
  };
  return amendItem(records, newRecord(key), changed, placeOf, (after, before) => keepAside(after, before, records));
}

/** Writes a deployment's record, bounded, in place of `before`; undefined if somebody else has written it meanwhile. */
export async function writeRecord(
  records: Kept,
  record: DeploymentRecord,
  before: DeploymentRecord,
): Promise<DeploymentRecord | undefined> {
  const kept = keptOf({ ...record, version: before.version });
  await keepAside(kept, before, records);
  return (await records.write(kept, placeOf(kept))) ? { ...kept, version: kept.version + 1 } : undefined;
}

const keptOf = (record: DeploymentRecord): DeploymentRecord => expiringIfClosed(bounded(record));

/** What it was created from has an item of its own, which is written before the record says so. */
async function keepAside(after: DeploymentRecord, before: DeploymentRecord, records: Kept): Promise<void> {
  const { key, seen, specAt, expiresAt } = after;
  const id = deploymentIdOf(key);
  if (id === undefined || specAt === undefined || seen === undefined) return;
  const spec = before.specAt === undefined ? specOf(seen, specAt) : undefined;
  if (spec) await keepSpec(id, spec, expiresAt, records);
  else if (expiresAt !== before.expiresAt) await letSpecExpire(id, expiresAt, records);
}

function placeOf(record: DeploymentRecord): Omit<OpenItem, "key"> | undefined {
  const rank = rankOf(record);
  if (rank === undefined) return undefined;
  const hint = hintOf(record);
  return hint === undefined ? { rank } : { rank, hint };
}
