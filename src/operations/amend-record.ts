import type { Records } from "../clients/records.ts";
import { type DeploymentRecord, newRecord, rankOf } from "../facts/record.ts";
import { amendItem } from "./amend-item.ts";

/** Changes a deployment's record, and its place in the index of open items. */
export function amendRecord(
  records: Pick<Records, "read" | "write">,
  key: string,
  change: (record: DeploymentRecord) => DeploymentRecord,
): Promise<DeploymentRecord> {
  return amendItem(records, newRecord(key), change, (record) => {
    const rank = rankOf(record);
    return rank === undefined ? undefined : { rank };
  });
}
