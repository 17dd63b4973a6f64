import type { Deployment } from "../deployments/deployment.ts";
import { degradedReport, type Fact, firstAt, richest, SAME_FACT_MS } from "./facts.ts";
import { LED_BY } from "./told-by.ts";

/** A fact as published on the guard's event bus; `type` is the event's `detail-type`. */
export interface BusFact {
  type:
    | "Deployment Ready"
    | "Deployment Degraded"
    | "Switchover Completed"
    | "Switchover Partly Completed"
    | "Operation Started"
    | "Operation Finished"
    | "Operation Failed";
  /** When it happened, ISO 8601. */
  at: string;
  detail: BusFactDetail;
}

/** The event's `detail`. */
export interface BusFactDetail {
  /** `bgd-…` */
  deploymentId: string;
  /** Absent, as are the ARNs, if RDS no longer knew the deployment. */
  deploymentName?: string;
  /** ARN of the source as RDS lists it: blue, or old blue after the switchover. */
  source?: string;
  /** ARN of the target as RDS lists it: green, or the new blue after the switchover. */
  target?: string;
  occurredAt: string;
  /** RDS's own text if an event reported the fact; for an operation, the guard's text. */
  message?: string;
  /** The guard's operation that started or ended: `recreate` or `switchover`. */
  operation?: string;
  /** The id of the operation's request. */
  requestId?: string;
}

const TYPES: Record<string, BusFact["type"]> = {
  ready: "Deployment Ready",
  "replication-degraded": "Deployment Degraded",
  "shown-degraded": "Deployment Degraded",
  "switched-over": "Switchover Completed",
  "partly-switched-over": "Switchover Partly Completed",
  "recreate-started": "Operation Started",
  "recreate-done": "Operation Finished",
  "recreate-cancelled": "Operation Failed",
  "recreate-failed": "Operation Failed",
  "switchover-operation-started": "Operation Started",
  "switchover-operation-done": "Operation Finished",
  "switchover-operation-cancelled": "Operation Failed",
  "switchover-operation-partly": "Operation Failed",
  "switchover-operation-failed": "Operation Failed",
  "switchover-operation-unclear": "Operation Failed",
};

/** The facts still to be published on the event bus; a degraded deployment is never published as ready. */
export function unpublished(facts: readonly Fact[]): Fact[] {
  const degraded = degradedReport(facts, undefined) !== undefined;
  return facts.filter((fact) => !fact.published && TYPES[fact.signal] && !(degraded && TYPES[fact.signal] === "Deployment Ready"));
}

/** The fact as published on the bus, with the deployment as RDS last showed it; undefined for a fact that does not belong there. */
export function busFactOf(
  fact: Fact,
  facts: readonly Fact[],
  deploymentId: string,
  deployment: Deployment | undefined,
): BusFact | undefined {
  const type = TYPES[fact.signal];
  if (!type) return undefined;
  const known = withEvents(fact, facts);
  const at = firstAt(known);
  const { name: deploymentName, source, target } = deployment ?? {};
  const { message, reading } = richest(known) ?? {};
  const { name: operation, requestId } = reading?.operation ?? {};
  const detail = { deploymentId, deploymentName, source, target, occurredAt: at, message: message || undefined, operation, requestId };
  return { type, at, detail };
}

/** A state that a look showed, with RDS's events of it: whether Slack has been told of them makes no difference. */
function withEvents(fact: Fact, facts: readonly Fact[]): Fact {
  const seenAt = Date.parse(firstAt(fact));
  const events = facts.filter(({ signal }) => signal === LED_BY[fact.signal]).flatMap(({ reports }) => reports);
  const near = events.filter(({ at, message }) => message !== "" && Math.abs(Date.parse(at) - seenAt) <= SAME_FACT_MS);
  return { ...fact, reports: [...near, ...fact.reports] };
}
