import type { Records } from "../clients/records.ts";
import type { Time } from "../clients/time.ts";
import { hintIn } from "../facts/hint.ts";
import { type DeploymentRecord, deploymentIdOf } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { readStanding } from "../operations/read/standing-of.ts";
import { withReminder } from "../telling/incident.ts";
import { inTurns, named } from "./failures.ts";

/** Writes down that those who were called are called once more, where nobody has come in time; returns what failed. */
export async function remindAll({ records, time }: { records: Records; time: Time }): Promise<unknown[]> {
  const now = time.now();
  const at = new Date(now).toISOString();
  const due = (await records.open()).filter((row) => (hintIn(row).due ?? at) < at);
  return inTurns(due, ({ key }) => named(deploymentIdOf(key) ?? key, remind(key, now, records)));
}

async function remind(key: string, now: number, records: Records): Promise<void> {
  const record = await records.read<DeploymentRecord>(key);
  const standing = record && (await readStanding({ view: record.gone ? undefined : record.seen, record }, records, now));
  if (!standing) return;
  // What somebody else has written meanwhile may heal it: the next sweep looks again.
  await amendRecord(records, key, (it) => (it.version === record.version ? withReminder(it, standing, now) : it));
}
