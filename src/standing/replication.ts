import { rdsName } from "../deployments/arn.ts";
import { sayingDegraded } from "../deployments/degradation.ts";
import type { Database, DeploymentView } from "../deployments/deployment.ts";
import type { Fact, Report } from "../facts/facts.ts";
import { isEvent } from "../facts/report-of.ts";

/** How replication to green stands, in RDS's own words; the gravest last. */
export type ReplicationState = "unknown" | "replicating" | "stopped" | "error" | "terminated" | "degraded";

/** Where a state is known from: an event that RDS sent, or `StatusInfos` of DescribeDBInstances. */
export interface ReplicationSource {
  state: ReplicationState;
  from: "event" | "api";
  /** The database that says so. */
  database: string;
  /** When the event happened, ISO 8601; RDS's API does not say since when. */
  at?: string;
  /** RDS's reason, if it gives one. */
  message?: string;
}

/** How replication stands, the gravest of what RDS says of any green database. */
export interface ReplicationStanding {
  state: ReplicationState;
  /** What says so; absent if nothing does. */
  by?: ReplicationSource;
  /** What the API says, if an event says the same. */
  alsoBy?: ReplicationSource;
  /** The API and an event of one database since green was built say different things, and no event says that it is degraded. */
  disagreement?: { event: ReplicationSource; api: ReplicationSource };
}

const GRAVEST_FIRST: readonly ReplicationState[] = ["degraded", "terminated", "error", "stopped", "replicating", "unknown"];

// Source: RDS User Guide, "Monitoring read replication".
const BY_STATUS_INFO: Record<string, ReplicationState> = {
  replicating: "replicating",
  "replication degraded": "degraded",
  error: "error",
  stopped: "stopped",
  "replication stop point set": "replicating",
  "replication stop point reached": "stopped",
  terminated: "terminated",
};

/**
 * How replication to green stands, from events and from the API.
 *
 * A degradation that an event said stands until the deployment is gone: `StatusInfos` carries no time. Between stopped and resumed the newest
 * event counts. Of one database, the graver of event and API counts, since either may be late.
 */
export function replicationStanding(view: DeploymentView, facts: readonly Fact[]): ReplicationStanding {
  const api = greens(view).flatMap(sourceOf);
  const events = lastEvents(facts, api);
  const degraded = sayingDegraded(
    facts.flatMap((fact) => fact.reports),
    view.deployment.createTime,
  )[0];
  // Of two that say the same, the event also says since when.
  const all = [...(degraded ? [eventSource("degraded", degraded)] : []), ...events, ...api];
  const state = GRAVEST_FIRST.find((it) => all.some((source) => source.state === it)) ?? "unknown";
  const by = all.find((source) => source.state === state);
  const since = builtAt(facts);
  const recent = degraded ? [] : events.filter(({ at = "" }) => at > since);
  const alsoBy = by?.from === "event" ? api.find((source) => source.state === state) : undefined;
  return { state, ...(by && { by }), ...(alsoBy && { alsoBy }), ...disagreement(recent, api) };
}

/** Everything green that exists, also what SwitchoverDetails does not list. */
function greens({ deployment, databases }: DeploymentView): Database[] {
  const targets = [deployment.target, ...deployment.members.map(({ target }) => target)].filter((arn) => arn !== undefined);
  const clusters = targets.map(rdsName).flatMap(({ kind, name }) => (kind === "cluster" ? [name] : []));
  return databases.filter(({ arn, cluster }) => targets.includes(arn) || (cluster !== undefined && clusters.includes(cluster)));
}

function sourceOf({ identifier, readReplication }: Database): ReplicationSource[] {
  if (!readReplication) return [];
  const { status, message } = readReplication;
  return [{ state: BY_STATUS_INFO[status] ?? "unknown", from: "api", database: identifier, ...(message && { message }) }];
}

/**
 * What the newest event of each green database says: stopped or resumed. A replica of blue says nothing about green, and interruptions are
 * normal until green is built.
 */
function lastEvents(facts: readonly Fact[], api: readonly ReplicationSource[]): ReplicationSource[] {
  const since = builtAt(facts);
  const reports = facts
    .filter(({ signal }) => signal === "replication-stopped" || signal === "replication-resumed")
    .flatMap((fact) => fact.reports.filter(isEvent))
    .filter(({ side }) => side !== "blue" && side !== "old blue")
    .sort((a, b) => a.at.localeCompare(b.at));
  const newest = new Map(reports.map((report) => [report.sourceIdentifier, report]));
  const told = [...newest.values()].filter(({ signal, at }) => signal === "replication-resumed" || at > since);
  return told.map((report) => eventSource(stateSaid(report, api), report));
}

/** Replication that the API shows to run was not terminated for good. */
function stateSaid({ signal, reading, sourceIdentifier }: Report, api: readonly ReplicationSource[]): ReplicationState {
  if (signal === "replication-resumed") return "replicating";
  const isRunning = api.some(({ database, state }) => database === sourceIdentifier && state === "replicating");
  return reading.terminated && !isRunning ? "terminated" : "stopped";
}

/** When an event said that green was built, ISO 8601; empty if none has. */
function builtAt(facts: readonly Fact[]): string {
  const built = facts.filter(({ signal }) => signal === "tasks-completed").flatMap((fact) => fact.reports.filter(isEvent));
  return built.map(({ at }) => at).sort()[0] ?? "";
}

function eventSource(state: ReplicationState, { sourceIdentifier, at, reading }: Report): ReplicationSource {
  return { state, from: "event", database: sourceIdentifier, at, ...(reading.reason && { message: reading.reason }) };
}

function disagreement(events: readonly ReplicationSource[], api: readonly ReplicationSource[]): Pick<ReplicationStanding, "disagreement"> {
  for (const event of events) {
    const other = api.find(({ database }) => database === event.database);
    if (other && other.state !== "unknown" && (other.state === "replicating") !== (event.state === "replicating"))
      return { disagreement: { event, api: other } };
  }
  return {};
}
