import type { Coded } from "../deployments/coded.ts";
import type { Lag } from "../deployments/lag.ts";
import type { Replication } from "../deployments/replication.ts";
import type { Claimed } from "../standing/claimed.ts";
import type { Obstacle } from "../standing/obstacles.ts";

/** A parameter group of a database that is not in sync with it. */
export interface Pending {
  name: string;
  group: string;
  status: string;
}

/** What to do while green is not built: wait, or, once RDS has given up, correct the reason. */
export type UntilBuilt = "wait" | "correct" | "correct-and-recreate";

/** What the checks before a switchover can find. */
export interface ReadinessFindings {
  "deployment-available": object;
  "deployment-deleted-by-guard": object;
  "deployment-not-built": { until: UntilBuilt };
  "last-switchover-failed": { details?: string; hasBegun: boolean };
  "deployment-provisioning": { until: UntilBuilt };
  "deployment-invalid": { mayRecreate: boolean };
  "deployment-status": { status: string };
  "tasks-completed": object;
  "tasks-open": { obstacles: readonly Obstacle[]; until: UntilBuilt };
  "members-available": object;
  "members-switched": { switched: number; of: number; phase: string };
  "members-absent": { until: UntilBuilt };
  "members-heal": { obstacles: readonly Obstacle[] };
  "members-missing": { obstacles: readonly Obstacle[]; mayRecreate: boolean };
  "members-not-available": { obstacles: readonly Obstacle[]; until: UntilBuilt };
  "production-blue": object;
  "production-green": object;
  "production-mixed": object;
  "production-unknown": object;
  "databases-available": object;
  "databases-not-available": { obstacles: readonly Obstacle[] };
  "databases-silent": { names: readonly string[] };
  "members-not-looked-up": { members: readonly { name: string; word: string; status?: string }[] };
  "databases-in-sync": object;
  "databases-not-in-sync": { pending: readonly Pending[] };
  "databases-sync-unknown": { names: readonly string[] };
  "replication-running": { database: string };
  "replication-by-events": object;
  "replication-events-missing": { why: EventsMissing; replication?: Replication };
  "replication-degraded": { said: ReplicationSaid; mayRecreate: boolean };
  "replication-terminated": { said: ReplicationSaid; mayRecreate: boolean };
  "replication-disagrees": { at: string; database: string };
  "replication-stopped": { database?: string; since?: string; text?: string };
  "replication-error": { database?: string; since?: string; text?: string };
  "lag-not-read": object;
  lag: { lag?: Lag; verdict: LagVerdict };
  "no-sequences": object;
  "sequences-in-time": { timeoutSeconds: number };
  "sequences-may-be-many": { timeoutSeconds: number };
  "database-free": object;
  "database-claimed": { claimed: Claimed };
}

/** Who says what of replication: an event, in RDS's words, or the API. */
export interface ReplicationSaid {
  from: "api" | "event";
  database?: string;
  /** ISO 8601. */
  at?: string;
  text?: string;
}

/** Why events that RDS once sent may be missing: it lists none that are older than 14 days, or did not list them, in AWS's words. */
export type EventsMissing = Coded<{ "older-than-listed": { deploymentId: string }; "not-listed": { text: string } }>;

/** How a lag is judged; `quiet-blue`: its metric grows while nothing is written to blue, too. */
export type LagVerdict = "small" | "large" | "quiet-blue" | "old" | "too-few" | "not-replicating" | "unknown";
