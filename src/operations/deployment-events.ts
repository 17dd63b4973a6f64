import type { Rds } from "../clients/rds/rds.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { eventWindow } from "../deployments/event-window.ts";
import { deploymentOf } from "../deployments/membership.ts";
import { fromDescribeEvents } from "../events/describe-events.ts";
import { isConsequence } from "../facts/reasons.ts";
import type { Signal } from "../rules/rule.ts";
import { signalOf } from "../rules/signal.ts";
import type { SwitchoverEvent } from "./switchover/ports.ts";

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

const OF_SWITCHOVERS = /^((switchover|sequence-sync)-|connections-terminated$|green-accepts$)/;

/** What RDS lists at `now` about a deployment's switchover since `since` (milliseconds since 1970), oldest first. */
export async function switchoverEventsOf(
  deployment: Deployment,
  rds: Pick<Rds, "events">,
  since: number,
  now: number,
): Promise<SwitchoverEvent[]> {
  return (await eventsOf(deployment, rds, since, now))
    .map(({ rule, event, reading }) => ({
      signal: (rule.foldsInto ?? rule).id,
      at: event.date,
      text: event.message,
      reason: reading.reason && !isConsequence(reading.reason) ? reading.reason : undefined,
      degraded: reading.degraded,
    }))
    .filter(({ signal }) => OF_SWITCHOVERS.test(signal));
}
