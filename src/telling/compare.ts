import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import { type DeploymentRecord, deploymentIdOf, deploymentKey, type LagReading } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { viewAt, viewOf } from "../operations/read/view-of.ts";
import { afterLook, type LookAtRds } from "./look.ts";

/** Compares a deployment as RDS shows it at `now` (ISO 8601; undefined view: it is gone) with its record, and records what to tell about the difference. */
export async function compare(
  id: string,
  view: DeploymentView | undefined,
  now: string,
  { rds, records, stuckAfterHours }: CompareDependencies,
  lag?: LagReading,
): Promise<DeploymentRecord> {
  const key = deploymentKey(id);
  const look = view ? { view, lag } : await lookAtLeft(await records.read<DeploymentRecord>(key), rds);
  return amendRecord(records, key, (record) => afterLook(record, look, now, stuckAfterHours));
}

/** Looks at the deployment of a record now, and compares; does nothing for the record of a database without one. */
export async function compareNow(key: string, now: string, dependencies: CompareDependencies): Promise<void> {
  const id = deploymentIdOf(key);
  if (id !== undefined) await compare(id, await viewOf(id, dependencies.rds), now, dependencies);
}

/** What comparing needs from the outside. */
export interface CompareDependencies {
  rds: Pick<Rds, "deployment" | "databases" | "endpoints">;
  records: Records;
  /** How many hours a deployment may be PROVISIONING without progress before the team is told; never if omitted. */
  stuckAfterHours?: number;
}

/** What RDS still describes of a deployment that is gone. */
export async function lookAtLeft(record: DeploymentRecord | undefined, rds: Pick<Rds, "databases" | "endpoints">): Promise<LookAtRds> {
  if (!record?.seen) return {};
  return { left: (await viewAt(record.seen.deployment, rds)).databases };
}
