import type { Rds } from "../clients/rds/rds.ts";
import { type Degradation, degradationBy, EVENTS_KEPT_MS } from "../deployments/degradation.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { eventsOf } from "./deployment-events.ts";

/**
 * Whether a deployment's replication is degraded, according to DescribeEvents at `now` (milliseconds since 1970) and to its status.
 *
 * Only RDS writes to that list, unlike to an event bus. Throws what the client throws if RDS cannot be asked.
 */
export async function degradationOf(deployment: Deployment, rds: Pick<Rds, "events">, now: number): Promise<Degradation> {
  const kept = now - EVENTS_KEPT_MS;
  const created = Date.parse(deployment.createTime ?? "");
  // A minute less than RDS keeps events, since it refuses an earlier start.
  const from = Math.max(Number.isNaN(created) ? kept : created, kept + 60_000);
  const listed = await eventsOf(deployment, rds, from);
  const said = listed.map(({ event, reading }) => ({ at: event.date, text: event.message, reading }));
  return degradationBy(deployment, said, now);
}
