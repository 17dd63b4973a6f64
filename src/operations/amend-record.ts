import type { OpenItem, Records } from "../clients/records.ts";
import { bounded } from "../facts/bounded.ts";
import { hintOf } from "../facts/hint.ts";
import { type DeploymentRecord, newRecord, rankOf } from "../facts/record.ts";
import { amendItem } from "./amend-item.ts";

/** Changes a deployment's record, within the size that one item may have, and its place in the index of open items. */
export function amendRecord(
  records: Pick<Records, "read" | "write">,
  key: string,
  change: (record: DeploymentRecord) => DeploymentRecord,
): Promise<DeploymentRecord> {
  const changed = (record: DeploymentRecord) => {
    const after = change(record);
    return after === record ? record : bounded(after);
  };
  return amendItem(records, newRecord(key), changed, placeOf);
}

/** Writes a deployment's record, bounded, in place of the version that it names; undefined if somebody else has written it meanwhile. */
export async function writeRecord(records: Pick<Records, "write">, record: DeploymentRecord): Promise<DeploymentRecord | undefined> {
  const kept = bounded(record);
  return (await records.write(kept, placeOf(kept))) ? { ...kept, version: kept.version + 1 } : undefined;
}

function placeOf(record: DeploymentRecord): Omit<OpenItem, "key"> | undefined {
  const rank = rankOf(record);
  if (rank === undefined) return undefined;
  const hint = hintOf(record);
  return hint === undefined ? { rank } : { rank, hint };
}
