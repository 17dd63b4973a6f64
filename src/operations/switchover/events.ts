import type { Rds } from "../../clients/rds/rds.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import type { Fact } from "../../facts/facts.ts";
import { isConsequence } from "../../facts/reasons.ts";
import { eventsOf } from "../read/deployment-events.ts";
import type { SwitchoverEvent } from "./ports.ts";

const OF_SWITCHOVERS = /^((switchover|sequence-sync)-|connections-terminated$|green-accepts$)/;

/** When the last event of a switchover came that is known so far (ISO 8601, by RDS's clock); undefined if none is. */
export function lastSwitchoverEvent(facts: readonly Fact[]): string | undefined {
  const reports = facts.flatMap((fact) => fact.reports).filter(({ signal }) => OF_SWITCHOVERS.test(signal));
  return reports
    .map(({ at }) => at)
    .sort()
    .at(-1);
}

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
