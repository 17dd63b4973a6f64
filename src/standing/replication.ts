import { rdsName } from "../deployments/arn.ts";
import { sayingDegraded } from "../deployments/degradation.ts";
import type { Database, DeploymentView } from "../deployments/deployment.ts";
import type { Fact, Report } from "../facts/facts.ts";

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
  /** The events and the API of one database say different things. */
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
  const all = [...(degraded ? [eventSource("degraded", degraded)] : []), ...api, ...events];
  const state = GRAVEST_FIRST.find((it) => all.some((source) => source.state === it)) ?? "unknown";
  const by = all.find((source) => source.state === state);
  return { state, ...(by && { by }), ...disagreement(events, api) };
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
  const built = facts.filter(({ signal }) => signal === "tasks-completed").flatMap((fact) => fact.reports.filter(isEvent));
  const since = built.map(({ at }) => at).sort()[0] ?? "";
  const reports = facts
    .filter(({ signal }) => signal === "replication-stopped" || signal === "replication-resumed")
    .flatMap((fact) => fact.reports)
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

/** False for what the API showed, which the guard notices minutes late. */
const isEvent = ({ message }: Report): boolean => message !== "";

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
