import type { Rds } from "../clients/rds/rds.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { deploymentOf } from "../deployments/membership.ts";
import { fromDescribeEvents } from "../events/describe-events.ts";
import type { Signal } from "../rules/rule.ts";
import { signalOf } from "../rules/signal.ts";
import type { SwitchoverEvent } from "./switchover/ports.ts";

/**
 * A deployment's events since `from` (milliseconds since 1970) that DescribeEvents lists and a rule reads, oldest first.
 *
 * Only RDS writes to that list, unlike to an event bus. Throws what the client throws if RDS cannot be asked.
 */
export async function eventsOf(deployment: Deployment, rds: Pick<Rds, "events">, from: number): Promise<Signal[]> {
  const read = (await rds.events(from)).flatMap((row) => signalOf(fromDescribeEvents(row)) ?? []);
  const own = read.filter(({ event, reading }) => Date.parse(event.date) >= from && deploymentOf(event, reading, [deployment]));
  return own.sort((a, b) => a.event.date.localeCompare(b.event.date));
}

const OF_SWITCHOVERS = /^(switchover|sequence-sync)-/;

/** What RDS lists about a deployment's switchover since `from` (milliseconds since 1970), oldest first. */
export async function switchoverEventsOf(deployment: Deployment, rds: Pick<Rds, "events">, from: number): Promise<SwitchoverEvent[]> {
  return (await eventsOf(deployment, rds, from))
    .map(({ rule, event, reading }) => ({
      signal: (rule.foldsInto ?? rule).id,
      at: event.date,
      text: event.message,
      reason: reading.reason,
      degraded: reading.degraded,
    }))
    .filter(({ signal }) => OF_SWITCHOVERS.test(signal));
}
