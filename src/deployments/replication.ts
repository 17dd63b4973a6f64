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
  if (engine === "postgres") return blue && green ? (major(green) > major(blue) ? "logical" : "physical") : undefined;
  return engine && /mysql|mariadb/.test(engine) ? "binary log" : undefined;
}

const major = (database: Database): number => Number.parseInt(database.engineVersion, 10);
