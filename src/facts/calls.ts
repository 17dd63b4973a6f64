import type { Person } from "../deployments/person.ts";
import type { Severity } from "../rules/rule.ts";
import type { CallSignal } from "../rules/signal-id.ts";
import { type Fact, type Report, SLACK } from "./facts.ts";
import type { Incident } from "./incident.ts";
import { isPosted } from "./posts.ts";
import { type DeploymentRecord, deploymentIdOf } from "./record.ts";

/** What an entry about a call says: at `at` (ISO 8601), and each is an entry of its own. */
export function callFact(
  signal: CallSignal,
  severity: Severity,
  at: string,
  { calls, taken, of }: { calls?: readonly string[]; taken?: Report["taken"]; of: string },
): Fact {
  const delivery = [signal, of, at, taken?.by.id ?? ""].join("|");
  const report: Report = {
    delivery,
    source: "operation",
    signal,
    at,
    sourceIdentifier: of,
    message: "",
    reading: {},
    ...(taken && { taken }),
  };
  return {
    id: delivery,
    signal,
    severity,
    announce: calls !== undefined,
    once: false,
    reports: [report],
    dest: [SLACK],
    ...(calls && { calls }),
  };
}

/** The record with the one who takes it, and what its thread says of that; the same if they have it already, or that incident is over. */
export function withTaker(record: DeploymentRecord, since: string, by: Person, now: number): DeploymentRecord {
  const { incident, key } = record;
  if (incident?.since !== since || incident.taken?.by.id === by.id) return record;
  const at = new Date(now).toISOString();
  const instead = incident.taken?.by;
  const fact = callFact("taken", "info", at, { of: deploymentIdOf(key) ?? key, taken: { by, ...(instead && { instead }) } });
  const { due: _, ...rest } = incident;
  const taken = { ...record, incident: { ...rest, taken: { by, at } }, refresh: true };
  const before = withoutCalls(taken, incident);
  return { ...before, facts: [...before.facts, fact] };
}

/** The record once nobody needs to be called any more: what does not stand yet mentions nobody. */
export function withoutCalls(record: DeploymentRecord, incident: Incident): DeploymentRecord {
  const late = withoutLate(record, incident);
  const isCalling = (fact: Fact) => incident.facts.includes(fact.id) && !isPosted(record, fact);
  return late.facts.some(isCalling) ? { ...late, facts: late.facts.map((it) => (isCalling(it) ? { ...it, calls: undefined } : it)) } : late;
}

/** Without those calls of an incident that are entries of their own and do not stand yet. */
function withoutLate(record: DeploymentRecord, { facts }: Incident): DeploymentRecord {
  const isLate = (fact: Fact) =>
    facts.includes(fact.id) && (fact.signal === "not-taken" || fact.signal === "needs-person") && !isPosted(record, fact);
  return record.facts.some(isLate) ? { ...record, facts: record.facts.filter((it) => !isLate(it)) } : record;
}
