import { inOneMessage } from "../facts/one-message.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import { type Places, placed } from "./places.ts";

/** The record with what belongs together told in one entry, and with the channels of what was taken since. */
export function decided(record: DeploymentRecord, places: Places): DeploymentRecord {
  const isBuilding = record.seen?.deployment.status === "PROVISIONING";
  const facts = inOneMessage({ ...record, isBuilding });
  return placed(facts === record.facts ? record : { ...record, facts }, places);
}
