import type { CallFailures } from "./call-failures.ts";
import type { Coded } from "./coded.ts";
import { type DeploymentView, databaseAt } from "./deployment.ts";
import { hasSwitched } from "./membership.ts";
import { replicationOf } from "./replication.ts";

/** The CloudWatch metric (namespace AWS/RDS) that shows how far one deployment's green lags behind, and whom to ask for it. */
export interface LagMetric {
  name: string;
  side: "blue" | "green";
  unit: "bytes" | "seconds";
  /** The metric's dimension `DBInstanceIdentifier`: a cluster's writer, or the RDS instance itself. */
  instance: string;
  /**
   * True if the metric is the time since the last transaction that green replayed, so that it grows on a quiet blue too.
   *
   * Source: RDS User Guide, USER_PostgreSQL.Replication.ReadReplicas.Monitor: `now() - pg_last_xact_replay_timestamp()`.
   */
  sinceTransaction?: true;
}

/** One value of a metric: the maximum of the minute that begins at `at`, in milliseconds since 1970. */
export interface LagPoint {
  at: number;
  value: number;
}

/** Which way the lag goes, over the last 15 minutes. */
export type LagTrend = "falling" | "rising" | "steady";

/** How far green lags behind blue, as CloudWatch says. */
export type Lag =
  | {
      state: "measured";
      metric: LagMetric;
      /** The newest value, in `unit`. */
      value: number;
      unit: LagMetric["unit"];
      /** The newest three values, or as many as there are, the newest first. */
      latest: readonly number[];
      /** How old the newest value is, in milliseconds. */
      ageMs: number;
      trend: LagTrend;
      /** Three falls in a row: about how long until the lag is 0. No promise: the value falls in steps. */
      aboutMsToZero?: number;
    }
  | { state: "not-replicating"; metric: LagMetric; ageMs: number }
  | { state: "unknown"; metric: LagMetric; why: LagUnknown };

type Asked = Pick<LagMetric, "name" | "instance">;

/** Why a lag is not known. */
export type LagUnknown = Coded<LagUnknowns>;

export interface LagUnknowns extends CallFailures {
  "no-data": Asked;
  /** AWS does not say what a negative value means in bytes. */
  negative: Asked & { value: number };
  /** CloudWatch answered, and could not read the metric: its own words. */
  "not-read": Asked & { text: string };
}

/** A lag below this is small. AWS publishes no limit, so it is the guard's own: 64 MB, one WAL segment of RDS, and 5 seconds. */
export const SMALL_LAG: Readonly<Record<LagMetric["unit"], number>> = { bytes: 64 * 1024 * 1024, seconds: 5 };

const TREND_MS = 15 * 60_000;
const SHORTEST_TREND_MS = 5 * 60_000;
const LATEST = 3;

/**
 * The metric of a deployment's lag, which the RDS API does not return; undefined once names have changed hands, and while the kind of
 * replication or the instance to ask is unknown.
 *
 * Source: Aurora and RDS User Guides, blue-green-deployments-switching, "Monitoring replica lag prior to switchover".
 */
export function lagMetricOf(view: DeploymentView): LagMetric | undefined {
  const { deployment } = view;
  const metric = hasSwitched(deployment) ? undefined : metricOfEngine(view);
  const instance = metric && instanceAt(view, metric.side === "blue" ? deployment.source : deployment.target);
  if (!metric || instance === undefined) return undefined;
  return { ...metric, instance, ...(replicationOf(view) === "physical" && { sinceTransaction: true }) };
}

type MetricOfEngine = Pick<LagMetric, "name" | "side" | "unit">;

const SLOT_LAG: MetricOfEngine = { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes" };
const REPLICA_LAG: MetricOfEngine = { name: "ReplicaLag", side: "green", unit: "seconds" };
const AURORA_BINLOG_LAG: MetricOfEngine = { name: "AuroraBinlogReplicaLag", side: "green", unit: "seconds" };

/** Source, for physical replication: RDS User Guide, USER_PostgreSQL.Replication.ReadReplicas.Monitor. */
function metricOfEngine(view: DeploymentView): MetricOfEngine | undefined {
  const replication = replicationOf(view);
  if (replication === "logical") return SLOT_LAG;
  if (replication === undefined) return undefined;
  const { source, target } = view.deployment;
  const engine = (databaseAt(view, source) ?? databaseAt(view, target))?.engine;
  return engine === "aurora-mysql" ? AURORA_BINLOG_LAG : REPLICA_LAG;
}

function instanceAt(view: DeploymentView, arn: string | undefined): string | undefined {
  const database = databaseAt(view, arn);
  if (database?.kind !== "cluster") return database?.identifier;
  return database.configuration?.clusterMembers?.find(({ writer }) => writer)?.identifier;
}

/**
 * Reads a metric's values of the last 20 minutes, in any order: none is unknown, since CloudWatch answers so for what it does not know.
 *
 * A value of -1 in seconds means that green does not replicate; AWS does not say what it means in bytes, so there it is unknown. Source: RDS
 * User Guide, USER_MySQL.Replication.ReadReplicas.Monitor and USER_MariaDB.Replication.ReadReplicas.Monitor: "If the ReplicaLag metric
 * returns -1, then replication is currently not active"; for `AuroraBinlogReplicaLag` and for PostgreSQL it is taken to mean the same.
 */
export function lagOf(points: readonly LagPoint[], metric: LagMetric, now: number): Lag {
  const newestFirst = points.toSorted((a, b) => b.at - a.at);
  const newest = newestFirst[0];
  if (!newest) return { state: "unknown", metric, why: { code: "no-data", name: metric.name, instance: metric.instance } };
  const { value } = newest;
  const ageMs = Math.max(0, now - newest.at);
  if (value < 0) {
    if (metric.unit === "seconds") return { state: "not-replicating", metric, ageMs };
    return { state: "unknown", metric, why: { code: "negative", name: metric.name, instance: metric.instance, value } };
  }
  const known = newestFirst.filter((point) => point.value >= 0);
  const falls = threeFalls(known);
  return {
    state: "measured",
    metric,
    value,
    unit: metric.unit,
    latest: known.slice(0, LATEST).map((point) => point.value),
    ageMs,
    trend: trendOf(known, metric.unit),
    ...(falls && { aboutMsToZero: (value * falls.ms) / falls.by }),
  };
}

/** A change counts if it is more than a small lag and a tenth of what it was: on RDS the value is a sawtooth of up to one WAL segment. */
function trendOf(newestFirst: readonly LagPoint[], unit: LagMetric["unit"]): LagTrend {
  const newest = newestFirst[0]?.at ?? 0;
  const window = newestFirst.filter(({ at }) => newest - at <= TREND_MS);
  const oldest = window.at(-1)?.at ?? newest;
  if (newest - oldest < SHORTEST_TREND_MS) return "steady";
  const ends = Math.min(LATEST, Math.floor(window.length / 2));
  const [after, before] = [middleOf(window.slice(0, ends)), middleOf(window.slice(-ends))];
  const noise = Math.max(SMALL_LAG[unit], before / 10);
  // What rose within the 15 minutes may have turned since.
  const falls = threeFalls(newestFirst);
  if (falls && Math.max(after - before, falls.by) > noise) return "falling";
  if (after - before > noise) return "rising";
  return before - after > noise ? "falling" : "steady";
}

function middleOf(points: readonly LagPoint[]): number {
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** The newest three falls, if they came in a row: how much, and within how many milliseconds. */
function threeFalls([newest, second, third, fourth]: readonly LagPoint[]): { by: number; ms: number } | undefined {
  if (!newest || !second || !third || !fourth) return undefined;
  if (!(newest.value < second.value && second.value < third.value && third.value < fourth.value)) return undefined;
  return { by: fourth.value - newest.value, ms: newest.at - fourth.at };
}
