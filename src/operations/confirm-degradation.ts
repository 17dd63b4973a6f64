import type { Rds } from "../clients/rds/rds.ts";
import type { Degradation } from "../deployments/degradation.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { eventsOf } from "./deployment-events.ts";

const FOURTEEN_DAYS_MS = 14 * 24 * 3_600_000;

/**
 * Whether replication of a deployment is degraded, as DescribeEvents lists it at `now` and as its status says.
 *
 * Nobody but RDS writes to that list, unlike to an event bus. Throws what the client throws where RDS cannot be asked.
 */
export async function degradationOf(deployment: Deployment, rds: Pick<Rds, "events">, now: number): Promise<Degradation> {
  const { id, status, statusDetails, createTime } = deployment;
  const kept = now - FOURTEEN_DAYS_MS;
  const created = Date.parse(createTime ?? "");
  // A moment later than RDS keeps them, since it refuses what is older.
  const from = Math.max(Number.isNaN(created) ? kept : created, kept + 60_000);
  const last = (await eventsOf(deployment, rds, from)).findLast(({ reading }) => reading.degraded)?.event;
  if (last) return { state: "degraded", lastAt: last.date, text: last.message };
  if (status === "INVALID_CONFIGURATION") {
    return { state: "degraded", lastAt: createTime ?? "", text: `The status is INVALID_CONFIGURATION. ${statusDetails ?? ""}`.trim() };
  }
  if (created >= kept) return { state: "not-seen" };
  return {
    state: "unknown",
    reason: `Deployment ${id} is older than the 14 days for which RDS lists events: they cannot confirm that it is degraded.`,
  };
}
