import { isUpgrading } from "./built.ts";
import { type Database, type DeploymentView, databaseAt } from "./deployment.ts";

/** How blue's changes reach green: it decides whether DDL on blue ruins the deployment. */
export type Replication = "logical" | "physical" | "binary log";

/**
 * How a deployment replicates; nothing while that cannot be told.
 *
 * Aurora PostgreSQL always logically; RDS for PostgreSQL only for a major upgrade, else physically; MySQL and MariaDB by binary log.
 * Source: RDS User Guide, blue-green-deployments-replication-type; AWS re:Post, "rds-aurora-postgresql-blue-green-deployments".
 */
export function replicationOf(view: DeploymentView): Replication | undefined {
  const blue = databaseAt(view, view.deployment.source);
  const green = databaseAt(view, view.deployment.target);
  const engine = (blue ?? green)?.engine;
  if (engine === "aurora-postgresql") return "logical";
  if (engine === "postgres") return blue && green && ofRdsPostgresql(view, blue, green);
  return engine && /mysql|mariadb/.test(engine) ? "binary log" : undefined;
}

/** Until the upgrade task is completed green may still have blue's version, and then nothing shows which one it will have. */
function ofRdsPostgresql({ deployment }: DeploymentView, blue: Database, green: Database): Replication | undefined {
  if (major(green) > major(blue)) return "logical";
  return isUpgrading(deployment) ? undefined : "physical";
}

/** The CloudWatch metric (namespace AWS/RDS) that shows how far green is behind: on which side, in which unit. */
export interface LagMetric {
  name: string;
  side: "blue" | "green";
  unit: "bytes" | "seconds";
}

const SLOT_LAG: LagMetric = { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes" };
const REPLICA_LAG: LagMetric = { name: "ReplicaLag", side: "green", unit: "seconds" };
const AURORA_BINLOG_LAG: LagMetric = { name: "AuroraBinlogReplicaLag", side: "green", unit: "seconds" };

/**
 * The metric that shows the lag of a deployment, which no field of the RDS API does; nothing where it is not known how green follows.
 *
 * Source: Aurora and RDS User Guides, blue-green-deployments-switching, "Monitoring replica lag prior to switchover"; for physical
 * replication RDS User Guide, USER_PostgreSQL.Replication.ReadReplicas.Monitor.
 */
export function lagMetricOf(view: DeploymentView): LagMetric | undefined {
  const replication = replicationOf(view);
  if (replication === "logical") return SLOT_LAG;
  if (replication === undefined) return undefined;
  const { source, target } = view.deployment;
  const engine = (databaseAt(view, source) ?? databaseAt(view, target))?.engine;
  return engine === "aurora-mysql" ? AURORA_BINLOG_LAG : REPLICA_LAG;
}

const major = (database: Database): number => Number.parseInt(database.engineVersion, 10);
