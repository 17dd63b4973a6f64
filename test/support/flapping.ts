import { bounded } from "../../src/facts/bounded.ts";
import { type Report, withReport } from "../../src/facts/facts.ts";
import { type DeploymentRecord, newRecord } from "../../src/facts/record.ts";
import { replicationResumed } from "../../src/rules/replication-resumed.ts";
import { replicationStopped } from "../../src/rules/replication-stopped.ts";
import type { Meaning } from "../../src/rules/rule.ts";
import { allTold } from "./deployments/upgrade.ts";

/** When the flapping begins, in milliseconds since 1970. */
export const START = Date.parse("2024-02-05T00:00:00Z");
export const MINUTE = 60_000;
/** The key of the deployment's record. */
export const KEY = "deployment#bgd-hy5ntvomddiv89r8";

/** A report so many minutes after the beginning. */
export function reportAt(minute: number, signal: Report["signal"], message: string, sourceIdentifier = "orders-1-green-abc123"): Report {
  const at = new Date(START + minute * MINUTE).toISOString();
  return { delivery: `${signal}${minute}`, source: "event", signal, at, sourceIdentifier, message, reading: {} };
}

/** Adds a report as a turn does: in a write that keeps the record within its size. */
export function add(record: DeploymentRecord, meaning: Meaning, report: Report): DeploymentRecord {
  const facts = withReport(record.facts, meaning, report, record.dropped);
  return facts === record.facts ? record : bounded({ ...record, facts });
}

/** The record once Slack has taken all of it. */
export const isAllTold = (record: DeploymentRecord): DeploymentRecord => ({ ...record, posts: allTold(record.facts).posts });
/** Bytes of the record's JSON. */
export const bytes = (record: DeploymentRecord): number => Buffer.byteLength(JSON.stringify(record));

/** Replication that stops and resumes in turn, each minute; every half-hour `after` happens to the record. */
export function flapping(minutes: number, text: string, after: (record: DeploymentRecord) => DeploymentRecord): DeploymentRecord {
  let record = newRecord(KEY);
  for (let minute = 0; minute < minutes; minute += 1) {
    const meaning = minute % 2 ? replicationResumed : replicationStopped;
    record = add(record, meaning, reportAt(minute, meaning.id, text));
    if (minute % 30 === 29) record = after(record);
  }
  return record;
}
