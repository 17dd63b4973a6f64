import type { Lag, LagMetric } from "../../../../src/deployments/lag.ts";
import type { Findings } from "../../../../src/plans/findings.ts";
import type { ReadinessFindings, ReplicationSaid } from "../../../../src/plans/readiness-findings.ts";
import type { Obstacle } from "../../../../src/standing/obstacles.ts";
import { AT, DEPLOYMENT, type Each, GREEN_WRITER, WRITER } from "./each.ts";
import { PREFLIGHT } from "./preflight.ts";

/** One thing that is in the way. */
export const obstacle = (code: Obstacle["code"], status: string, heals = false, more: Partial<Obstacle> = {}): Obstacle => ({
  code,
  name: GREEN_WRITER,
  status,
  heals,
  ...more,
});

const TASK = obstacle("task", "IN_PROGRESS", true, { name: "DB_ENGINE_VERSION_UPGRADE" });
const ALL_UNTIL = [{ until: "wait" }, { until: "correct" }, { until: "correct-and-recreate" }] as const;

// Each needs another remedy.
const NOT_AVAILABLE = [
  obstacle("database", "storage-optimization", true, { percent: "42" }),
  ...["storage-full", "incompatible-parameters", "incompatible-network", "inaccessible-encryption-credentials"].map((it) =>
    obstacle("database", it),
  ),
  ...["stopped", "failed", "deleting", "made-up", ""].map((it) => obstacle("database", it)),
  obstacle("database-not-found", ""),
  obstacle("production", ""),
  obstacle("no-green", "", true),
  ...["stopped", "error", "degraded"].map((it) => obstacle("replication", it)),
];

const DEGRADED: ReplicationSaid = { from: "event", database: WRITER, at: AT, text: "Replication has been degraded" };
const OF_API: ReplicationSaid = { from: "api", database: GREEN_WRITER };

const METRIC: LagMetric = { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes", instance: WRITER };
const MEASURED: Extract<Lag, { state: "measured" }> = {
  state: "measured",
  metric: METRIC,
  unit: "bytes",
  value: 197 * 1024 ** 2,
  latest: [197 * 1024 ** 2],
  ageMs: 9 * 60_000,
  trend: "rising",
};
const ASKED = { name: METRIC.name, instance: WRITER };

/** What the checks before a switchover can find. */
export const READINESS: Each<ReadinessFindings> = {
  "deployment-available": {},
  "deployment-deleted-by-guard": {},
  "deployment-not-built": ALL_UNTIL,
  "last-switchover-failed": [{ details: "Switchover timed out.", hasBegun: false }, { hasBegun: true }],
  "deployment-provisioning": { until: "wait" },
  "deployment-invalid": [{ mayRecreate: true }, { mayRecreate: false }],
  "deployment-status": ["SWITCHOVER_IN_PROGRESS", "SWITCHOVER_COMPLETED", "DELETING", "MADE_UP", ""].map((status) => ({ status })),
  "tasks-completed": {},
  "tasks-open": { obstacles: [TASK], until: "wait" },
  "members-available": {},
  "members-switched": ["switching-over", "switched-over", "partly-switched-over"].map((phase) => ({ switched: 1, of: 2, phase })),
  "members-absent": { until: "wait" },
  "members-heal": { obstacles: [obstacle("member", "PROVISIONING", true)] },
  "members-missing": { obstacles: [obstacle("member-missing", "missing")], mayRecreate: true },
  "members-not-available": { obstacles: [obstacle("member", "PROVISIONING_FAILED")], until: "correct-and-recreate" },
  "production-blue": {},
  "production-green": {},
  "production-mixed": {},
  "production-unknown": {},
  "databases-available": {},
  "databases-not-available": NOT_AVAILABLE.map((it) => ({ obstacles: [it] })),
  "databases-silent": { names: [GREEN_WRITER] },
  "members-not-looked-up": { members: [{ name: "orders-shard", word: "shardgrp", status: "AVAILABLE" }] },
  "databases-in-sync": {},
  "databases-not-in-sync": { pending: [{ name: GREEN_WRITER, group: "instance-15", status: "pending-reboot" }] },
  "databases-sync-unknown": { names: [GREEN_WRITER] },
  "replication-running": { database: GREEN_WRITER },
  "replication-by-events": {},
  "replication-events-missing": [
    { why: { code: "older-than-listed", deploymentId: DEPLOYMENT.id }, replication: "logical" },
    { why: { code: "older-than-listed", deploymentId: DEPLOYMENT.id }, replication: "binary log" },
    { why: { code: "not-listed", text: "Rate exceeded" } },
  ],
  "replication-degraded": [
    { said: DEGRADED, mayRecreate: true },
    { said: OF_API, mayRecreate: false },
  ],
  "replication-terminated": [
    { said: { ...DEGRADED, text: "Replication was terminated" }, mayRecreate: false },
    { said: OF_API, mayRecreate: true },
  ],
  "replication-disagrees": { at: AT, database: GREEN_WRITER },
  "replication-stopped": { database: GREEN_WRITER, since: AT },
  "replication-error": { database: GREEN_WRITER, text: "Read replica: replication error" },
  "lag-not-read": {},
  lag: [
    { lag: { ...MEASURED, value: 1024 ** 2, trend: "steady" }, verdict: "small" },
    { lag: MEASURED, verdict: "large" },
    { lag: { ...MEASURED, trend: "falling" }, verdict: "large" },
    { lag: { ...MEASURED, metric: { ...METRIC, unit: "seconds" }, unit: "seconds", value: 90 }, verdict: "quiet-blue" },
    { lag: MEASURED, verdict: "old" },
    { lag: MEASURED, verdict: "too-few" },
    { lag: { state: "not-replicating", metric: METRIC, ageMs: 0 }, verdict: "not-replicating" },
    { verdict: "unknown" },
    { lag: { state: "unknown", metric: METRIC, why: { code: "no-data", ...ASKED } }, verdict: "unknown" },
    { lag: { state: "unknown", metric: METRIC, why: { code: "negative", ...ASKED, value: -1 } }, verdict: "unknown" },
    { lag: { state: "unknown", metric: METRIC, why: { code: "not-read", ...ASKED, text: "InternalError" } }, verdict: "unknown" },
  ],
  "no-sequences": {},
  "sequences-in-time": { timeoutSeconds: 300 },
  "sequences-may-be-many": { timeoutSeconds: 300 },
  "database-free": {},
  "database-claimed": { claimed: { code: "at-work", operation: "recreate", since: AT, owner: "request 0f9a2c41" } },
};

/** What every check can find. */
export const FINDINGS: Each<Findings> = {
  ...PREFLIGHT,
  ...READINESS,
  "in-global-database": [
    { name: "orders-global", not: "switch-over" },
    { name: "orders-global", not: "recreate" },
  ],
};
