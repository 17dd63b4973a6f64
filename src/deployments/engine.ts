/** What an RDS engine calls things. A name that no source gives is absent: another engine's would send people the wrong way. */
export interface Engine {
  aurora: boolean;
  /** The log of green in which RDS writes why its engine could not be upgraded, or how the names of such logs begin. */
  upgradeLog?: string;
  /** Where the engine shows its open transactions, the column with their beginning, and the state of those that wait, if it has one. */
  openTransactions: { view: string; started: string; idle?: string };
  /** The parameter that keeps old blue read-only after a switchover; absent for Aurora, where the deployment does. */
  readOnlyParameter?: string;
  /** The statement that refreshes the planner's statistics. */
  analyze: "ANALYZE" | "ANALYZE TABLE";
}

// Source: PostgreSQL documentation, "The Cumulative Statistics System".
const PG_STAT_ACTIVITY = { view: "pg_stat_activity", started: "xact_start", idle: "idle in transaction" };
// Sources: MySQL Reference Manual, "The INFORMATION_SCHEMA INNODB_TRX Table"; MariaDB documentation, "Information Schema INNODB_TRX Table".
const INNODB_TRX = { view: "information_schema.innodb_trx", started: "trx_started" };

/** Source of the read-only parameters: RDS User Guide, blue-green-deployments-switching, "After switchover". */
const ENGINES: Readonly<Record<string, Engine>> = {
  // Source: Aurora User Guide, AuroraMySQL.upgrade-prechecks.
  "aurora-mysql": { aurora: true, upgradeLog: "upgrade-prechecks.log", openTransactions: INNODB_TRX, analyze: "ANALYZE TABLE" },
  // Source: RDS User Guide, USER_UpgradeDBInstance.MySQL.Major, "Prechecks for upgrades".
  mysql: {
    aurora: false,
    upgradeLog: "PrePatchCompatibility.log",
    openTransactions: INNODB_TRX,
    readOnlyParameter: "read_only",
    analyze: "ANALYZE TABLE",
  },
  mariadb: { aurora: false, openTransactions: INNODB_TRX, readOnlyParameter: "read_only", analyze: "ANALYZE TABLE" },
  // Source: AWS re:Post, "rds-postgresql-version-upgrade-issues": pg_upgrade_precheck.log and others, with a time in their names.
  "aurora-postgresql": { aurora: true, upgradeLog: "pg_upgrade", openTransactions: PG_STAT_ACTIVITY, analyze: "ANALYZE" },
  postgres: {
    aurora: false,
    upgradeLog: "pg_upgrade",
    openTransactions: PG_STAT_ACTIVITY,
    readOnlyParameter: "default_transaction_read_only",
    analyze: "ANALYZE",
  },
};

/** What an engine, as RDS names it, calls things; undefined for an engine that has no blue/green deployments, or is not known. */
export function engineNamed(name: string | undefined): Engine | undefined {
  return name !== undefined && Object.hasOwn(ENGINES, name) ? ENGINES[name] : undefined;
}
