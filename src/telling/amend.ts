import type { Records } from "../clients/records.ts";
import { type DeploymentRecord, newRecord, rankOf } from "../facts/record.ts";
import { amendItem } from "../operations/amend-item.ts";

/** Changes the record of a deployment, and where it stands among the open ones. */
export function amend(records: Records, key: string, change: (record: DeploymentRecord) => DeploymentRecord): Promise<DeploymentRecord> {
  return amendItem(records, newRecord(key), change, (record) => {
    const rank = rankOf(record);
    return rank === undefined ? undefined : { rank };
  });
}
