import { inOneMessage } from "../facts/one-message.ts";
import type { DeploymentRecord } from "../facts/record.ts";

/** The record with what belongs together told in one entry. */
export function together(record: DeploymentRecord): DeploymentRecord {
  const isBuilding = record.seen?.deployment.status === "PROVISIONING";
  const facts = inOneMessage({ ...record, isBuilding });
  return facts === record.facts ? record : { ...record, facts };
}
