import type { Rds } from "../../clients/rds/rds.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { eventWindow } from "../../deployments/event-window.ts";
import { deploymentOf } from "../../deployments/membership.ts";
import { fromDescribeEvents } from "../../events/describe-events.ts";
import { deploymentDeleted } from "../../rules/deployment-deleted.ts";
import type { Signal } from "../../rules/rule.ts";
import { signalOf } from "../../rules/signal.ts";

/**
 * A deployment's events since `since` that DescribeEvents lists at `now` and a rule reads, oldest first; times in milliseconds since 1970.
 *
 * Only RDS writes to that list, unlike to an event bus. Throws what the client throws if RDS cannot be asked.
 */
export async function eventsOf(deployment: Deployment, rds: Pick<Rds, "events">, since: number, now: number): Promise<Signal[]> {
  const { from, until } = eventWindow(since, now);
  const read = (await rds.events(from, until)).flatMap((row) => signalOf(fromDescribeEvents(row)) ?? []);
  const own = read.filter(({ event, reading }) => Date.parse(event.date) >= from && deploymentOf(event, reading, [deployment]));
  return own.sort((a, b) => a.event.date.localeCompare(b.event.date));
}

/** Whether DescribeEvents says, at `now`, that the deployment was deleted at or after `since`; times in milliseconds since 1970. */
export async function isDeletedSince(deployment: Deployment, rds: Pick<Rds, "events">, since: number, now: number): Promise<boolean> {
  const listed = await eventsOf(deployment, rds, since, now);
  return listed.some(({ rule, event }) => rule === deploymentDeleted && Date.parse(event.date) >= since);
}
