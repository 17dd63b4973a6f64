import { callFact, withoutCalls } from "../facts/calls.ts";
import { type Fact, firstAt } from "../facts/facts.ts";
import { type Incident, type Need, UNTAKEN_MS } from "../facts/incident.ts";
import { isPosted } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import { needOf } from "../standing/need.ts";
import type { Standing } from "../standing/standing.ts";

/** Who is called, and whether they can press. */
export interface Calling {
  /** `now=ID` and `later=ID`, as the setting has it; nobody is mentioned if omitted. */
  mentions?: readonly string[];
  /** Whether Slack sends presses to the guard. */
  commands?: boolean;
}

/**
 * The record once it is known at `now` (milliseconds since 1970) whether it needs a person: the entry that says why calls those whom the
 * settings name, each once an incident. What was to call and does not stand yet calls nobody once it needs nobody, or somebody has taken it.
 */
export function withIncident(
  record: DeploymentRecord,
  standing: Standing | undefined,
  { mentions = [], commands = false }: Calling,
  now: number,
): DeploymentRecord {
  const { incident } = record;
  if (!standing || record.continuedBy !== undefined || (!incident && !commands && mentions.length === 0)) return record;
  const need = needOf(standing);
  if (need === undefined) return incident ? withoutCalls({ ...record, incident: undefined }, incident) : record;
  if (incident && (incident.need === "now" || need === "later")) return record;
  const at = new Date(now).toISOString();
  const { called = [], facts = [] } = incident ?? {};
  const ids = idsOf(need, mentions).filter((id) => !called.includes(id));
  const told = alertIn(record);
  const alert = told ?? (ids.length > 0 ? callFact("needs-person", graver(standing), at, { of: standing.id, calls: ids }) : undefined);
  const begun: Incident = incident ?? { since: at, need, facts, called, reminded: [] };
  const due = ids.length > 0 && !incident?.taken ? new Date(now + UNTAKEN_MS).toISOString() : incident?.due;
  const after = { ...begun, need, called: [...called, ...ids], facts: alert ? [...facts, alert.id] : facts, ...(due && { due }) };
  if (!alert) return { ...record, incident: after };
  const calling = { ...alert, calls: ids, announce: true };
  const all = told ? record.facts.map((it) => (it.id === told.id ? calling : it)) : [...record.facts, calling];
  return { ...record, incident: after, facts: all };
}

/** The record once nobody has taken it in time: those who were called are called once more. */
export function withReminder(record: DeploymentRecord, standing: Standing, now: number): DeploymentRecord {
  const { incident, facts } = record;
  const at = new Date(now).toISOString();
  if (!incident?.due || incident.due > at || needOf(standing) === undefined) return record;
  // Whoever has not been called yet is not called once more.
  if (facts.some((fact) => incident.facts.includes(fact.id) && !isPosted(record, fact))) return record;
  const calls = incident.called.filter((id) => !incident.reminded.includes(id));
  const fact = callFact("not-taken", graver(standing), at, { of: standing.id, calls });
  const { due: _, ...rest } = incident;
  const reminded = { ...rest, reminded: [...incident.reminded, ...calls], facts: [...incident.facts, fact.id] };
  return { ...record, incident: reminded, facts: [...facts, fact] };
}

/** The record once an entry that calls stands in Slack: from then on somebody has time to take it. */
export function withCalled(record: DeploymentRecord, told: readonly Fact[], now: number): DeploymentRecord {
  const { incident } = record;
  if (!incident?.due || !told.some(({ id }) => incident.facts.includes(id))) return record;
  return { ...record, incident: { ...incident, due: new Date(now + UNTAKEN_MS).toISOString() } };
}

/** The ids that the setting names for it. */
function idsOf(need: Need, mentions: readonly string[]): string[] {
  const ids = mentions.flatMap((it) => (it.startsWith(`${need}=`) ? it.slice(need.length + 1) : []));
  return [...new Set(ids)];
}

const graver = ({ severity }: Standing): "critical" | "warning" => (severity === "critical" ? severity : "warning");

/** The fact whose entry is to come and says why a person is needed. */
function alertIn(record: DeploymentRecord): Fact | undefined {
  const weight = ({ announce, severity }: Fact) => (announce ? 2 : 0) + (severity === "critical" ? 1 : 0);
  return record.facts
    .filter((fact) => (fact.severity === "critical" || fact.severity === "warning") && fact.toldBy === undefined && !isPosted(record, fact))
    .sort((a, b) => weight(b) - weight(a) || firstAt(b).localeCompare(firstAt(a)))[0];
}
