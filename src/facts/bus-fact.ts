import { blueNameOf, rdsName } from "../deployments/arn.ts";
import type { Saying } from "../deployments/coded.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { Severity } from "../rules/rule.ts";
import type { SignalId } from "../rules/signal-id.ts";
import { BUS, degradedReport, type Fact, firstAt, richest, SAME_FACT_MS } from "./facts.ts";
import { hashOf } from "./hash-of.ts";
import { type BusFactType, busTypeOf, isOnBus, OTHER_FACT } from "./on-bus.ts";
import { isPublished, type Posted } from "./posts.ts";
import { isLed, LED_BY } from "./told-by.ts";

/** A fact as published on the guard's event bus; `type` is the event's `detail-type`. */
export interface BusFact {
  type: BusFactType;
  /** When it happened, ISO 8601. */
  at: string;
  detail: FactDetail & FactWords;
}

/** The same before it is put into words. */
export interface UnsaidFact extends Omit<BusFact, "detail"> {
  detail: FactDetail;
}

/** What a fact says to a person, who may know nothing else of the deployment. */
export interface FactWords {
  /** One line. */
  title: string;
  /** One paragraph: what happened, what it means for production, and what to do. */
  text: string;
  severity: Severity;
  /** How soon a person has to do something, and which side is production, as the deployment stands now; absent if it was not found. */
  urgency?: string;
  production?: string;
}

/** The event's `detail`, without its words. */
export interface FactDetail {
  /** What happened, as `src/rules` names it. */
  signal: SignalId;
  /** `bgd-…`; absent if the deployment was not found. */
  deploymentId?: string;
  /** Absent, as are the ARNs, if RDS no longer knew the deployment. */
  deploymentName?: string;
  /** ARN of the source as RDS lists it: blue, or old blue after the switchover. */
  source?: string;
  /** ARN of the target as RDS lists it: green, or the new blue after the switchover. */
  target?: string;
  /** The database that it happened to; if it happened to the deployment, the source as RDS lists it. */
  database?: string;
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

/**
 * The facts still to be published on the event bus, the most urgent first. A degraded deployment is never published as ready, and a fact that
 * another one's entry tells is not published apart, unless it has a name of its own on the bus.
 */
export function unpublished(record: Pick<Posted, "facts" | "posts">): Fact[] {
  const degraded = degradedReport(record.facts, undefined) !== undefined;
  const waiting = record.facts.filter(({ id, dest }) => dest.includes(BUS) && !isPublished(record, id));
  const own = waiting.filter((fact) => fact.toldBy === undefined || isOnBus(fact.signal) || !isLed(fact));
  const due = own.filter(({ signal }) => !(degraded && busTypeOf(signal) === "Deployment Ready"));
  return due.toSorted((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)));
}

const isUrgent = ({ severity }: Fact): boolean => severity === "critical";

/** The fact as published on the bus, with the deployment as RDS last showed it. `key` is its record's. */
export function busFactOf(
  fact: Fact,
  facts: readonly Fact[],
  { key, deploymentId }: { key: string; deploymentId?: string },
  deployment: Deployment | undefined,
): UnsaidFact {
  const known = withEvents(fact, facts);
  const at = firstAt(known);
  const { name: deploymentName, source, target } = deployment ?? {};
  const { message, said, reading, sourceIdentifier } = richest(known) ?? {};
  const { name: operation, requestId } = reading?.operation ?? {};
  const name = source && rdsName(source).name;
  const factId = hashOf([deploymentId ?? key, fact.id]);
  const detail = {
    signal: fact.signal,
    deploymentId,
    deploymentName,
    source,
    target,
    database: sourceIdentifier === deploymentId ? name : sourceIdentifier,
    blue: name && blueNameOf(name),
    occurredAt: at,
    factId,
    message: message || undefined,
    ...(said && { said }),
    operation,
    requestId,
  };
  // A rule for a deployment's facts counts on its id.
  return { type: deploymentId === undefined ? OTHER_FACT : busTypeOf(fact.signal), at, detail };
}

/** A state that a look showed, with RDS's events of it: whether Slack has been told of them makes no difference. */
function withEvents(fact: Fact, facts: readonly Fact[]): Fact {
  const seenAt = Date.parse(firstAt(fact));
  const events = facts.filter(({ signal }) => signal === LED_BY[fact.signal]).flatMap(({ reports }) => reports);
  const near = events.filter(({ at, message }) => message !== "" && Math.abs(Date.parse(at) - seenAt) <= SAME_FACT_MS);
  return { ...fact, reports: [...near, ...fact.reports] };
}
