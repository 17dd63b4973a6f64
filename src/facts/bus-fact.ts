import type { Deployment } from "../deployments/deployment.ts";
import { degradedReport, type Fact, firstAt, richest } from "./facts.ts";

/** A fact as it stands on the guard's event bus; `detail-type` of the event is `type`. */
export interface BusFact {
  type:
    | "Deployment Ready"
    | "Deployment Degraded"
    | "Switchover Completed"
    | "Operation Started"
    | "Operation Finished"
    | "Operation Failed";
  /** When it happened, ISO 8601. */
  at: string;
  detail: BusFactDetail;
}

/** What the event's detail holds. */
export interface BusFactDetail {
  /** `bgd-…` */
  deploymentId: string;
  /** Absent, as the ARNs are, where RDS did not know the deployment any more. */
  deploymentName?: string;
  /** ARN of the source as RDS lists it: blue, or old blue after the switchover. */
  source?: string;
  /** ARN of the target as RDS lists it: green, or the new blue after the switchover. */
  target?: string;
  occurredAt: string;
  /** RDS's own text, where an event said it; of an operation the guard's. */
  message?: string;
  /** The guard's operation that started or ended: `recreate` or `switchover`. */
  operation?: string;
  /** The id of the operation's request. */
  requestId?: string;
}

const TYPES: Record<string, BusFact["type"]> = {
  "tasks-completed": "Deployment Ready",
  "replication-degraded": "Deployment Degraded",
  "invalid-configuration": "Deployment Degraded",
  "switchover-completed": "Switchover Completed",
  "recreate-started": "Operation Started",
  "recreate-done": "Operation Finished",
  "recreate-cancelled": "Operation Failed",
  "recreate-failed": "Operation Failed",
  "switchover-operation-started": "Operation Started",
  "switchover-operation-done": "Operation Finished",
  "switchover-operation-cancelled": "Operation Failed",
  "switchover-operation-failed": "Operation Failed",
  "switchover-operation-unclear": "Operation Failed",
};

/** The facts that belong on the event bus and are not there yet; a deployment that is degraded is never called ready. */
export function unpublished(facts: readonly Fact[]): Fact[] {
  const degraded = degradedReport(facts, undefined) !== undefined;
  return facts.filter((fact) => !fact.published && TYPES[fact.signal] && !(degraded && TYPES[fact.signal] === "Deployment Ready"));
}

/** The fact as it goes on the bus, with what RDS said last of the deployment; nothing for one that does not belong there. */
export function busFactOf(fact: Fact, deploymentId: string, deployment: Deployment | undefined): BusFact | undefined {
  const type = TYPES[fact.signal];
  if (!type) return undefined;
  const at = firstAt(fact);
  const { name: deploymentName, source, target } = deployment ?? {};
  const { message, reading } = richest(fact) ?? {};
  const { name: operation, requestId } = reading?.operation ?? {};
  const detail = { deploymentId, deploymentName, source, target, occurredAt: at, message: message || undefined, operation, requestId };
  return { type, at, detail };
}
