import type { Rds } from "../clients/rds/rds.ts";
import { type Degradation, degradationBy } from "../deployments/degradation.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { eventsOf } from "./read/deployment-events.ts";

/**
 * Whether a deployment's replication is degraded, according to DescribeEvents at `now` (milliseconds since 1970).
 *
 * Only RDS writes to that list, unlike to an event bus. Throws what the client throws if RDS cannot be asked.
 */
export async function degradationOf(deployment: Deployment, rds: Pick<Rds, "events">, now: number): Promise<Degradation> {
  const listed = await eventsOf(deployment, rds, Date.parse(deployment.createTime ?? ""), now);
  const said = listed.map(({ event, reading }) => ({ at: event.date, text: event.message, reading }));
  return degradationBy(deployment, said, now);
}
