import { blueNameOf, rdsName } from "../deployments/arn.ts";
import type { Saying } from "../deployments/coded.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { BUS, degradedReport, type Fact, firstAt, richest, SAME_FACT_MS } from "./facts.ts";
import { hashOf } from "./hash-of.ts";
import { type BusFactType, busTypeOf } from "./on-bus.ts";
import { isPublished, type Posted } from "./posts.ts";
import { LED_BY } from "./told-by.ts";

/** A fact as published on the guard's event bus; `type` is the event's `detail-type`. */
export interface BusFact {
  type: BusFactType;
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
  /** What blue was called before any switchover: the same for every deployment on it, however often it is created again. */
  blue?: string;
  occurredAt: string;
  /** The same for the same fact: an event that is published once more after a run has died has it again. */
  factId: string;
  /** RDS's own text if an event reported the fact; for an operation, what `said` means in words. */
  message?: string;
  /** What the guard's operation says: a code, with the data that belongs to it. */
  said?: Saying;
  /** The guard's operation that started or ended: `recreate` or `switchover`. */
  operation?: string;
  /** The id of the operation's request. */
  requestId?: string;
}

/** The facts still to be published on the event bus; a degraded deployment is never published as ready. */
export function unpublished(record: Pick<Posted, "facts" | "posts">): Fact[] {
  const degraded = degradedReport(record.facts, undefined) !== undefined;
  const waiting = record.facts.filter(({ id, dest }) => dest.includes(BUS) && !isPublished(record, id));
  return waiting.filter(({ signal }) => !(degraded && busTypeOf(signal) === "Deployment Ready"));
}

/** The fact as published on the bus, with the deployment as RDS last showed it; undefined for a fact that does not belong there. */
export function busFactOf(
  fact: Fact,
  facts: readonly Fact[],
  deploymentId: string,
  deployment: Deployment | undefined,
): BusFact | undefined {
  const type = busTypeOf(fact.signal);
  if (!type) return undefined;
  const known = withEvents(fact, facts);
  const at = firstAt(known);
  const { name: deploymentName, source, target } = deployment ?? {};
  const { message, said, reading } = richest(known) ?? {};
  const { name: operation, requestId } = reading?.operation ?? {};
  const factId = hashOf([deploymentId, fact.id]);
  const detail = {
    deploymentId,
    deploymentName,
    source,
    target,
    blue: source && blueNameOf(rdsName(source).name),
    occurredAt: at,
    factId,
    message: message || undefined,
    ...(said && { said }),
    operation,
    requestId,
  };
  return { type, at, detail };
}

/** A state that a look showed, with RDS's events of it: whether Slack has been told of them makes no difference. */
function withEvents(fact: Fact, facts: readonly Fact[]): Fact {
  const seenAt = Date.parse(firstAt(fact));
  const events = facts.filter(({ signal }) => signal === LED_BY[fact.signal]).flatMap(({ reports }) => reports);
  const near = events.filter(({ at, message }) => message !== "" && Math.abs(Date.parse(at) - seenAt) <= SAME_FACT_MS);
  return { ...fact, reports: [...near, ...fact.reports] };
}
