import { isUpgrading } from "./built.ts";
import { type Database, type DeploymentView, databaseAt } from "./deployment.ts";

/** How blue's changes reach green, which decides whether DDL on blue breaks the deployment. */
export type Replication = "logical" | "physical" | "binary log";

/**
 * How a deployment replicates; undefined while that is unknown.
 *
 * Aurora PostgreSQL replicates logically, RDS for PostgreSQL logically for a major upgrade and otherwise physically, and MySQL and
 * MariaDB by binary log.
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

/** Until the upgrade task completes, green can still have blue's version, and nothing shows its final one. */
function ofRdsPostgresql({ deployment }: DeploymentView, blue: Database, green: Database): Replication | undefined {
  if (major(green) > major(blue)) return "logical";
  return isUpgrading(deployment) ? undefined : "physical";
}

const major = (database: Database): number => Number.parseInt(database.engineVersion, 10);
