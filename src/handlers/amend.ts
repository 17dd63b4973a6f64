import type { Records } from "../clients/records.ts";
import { type DeploymentRecord, newRecord } from "../deployments/record.ts";

const MOST_ATTEMPTS = 50;

/**
 * Changes a record, starting over from what is stored whenever somebody else wrote in between; `change` may run several times.
 *
 * Returns the record as it is now stored; a `change` that returns its argument writes nothing.
 *
 * @throws Error after 50 lost races, which means that something writes without end.
 */
export async function amend(
  records: Records,
  key: string,
  change: (record: DeploymentRecord) => DeploymentRecord,
): Promise<DeploymentRecord> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const stored = (await records.read(key)) ?? newRecord(key);
    const changed = change(stored);
    if (changed === stored || (await records.write(changed))) return { ...changed, version: stored.version + (changed === stored ? 0 : 1) };
  }
  throw new Error(`The record ${key} was written by others ${MOST_ATTEMPTS} times in a row. It is tried again.`);
}
