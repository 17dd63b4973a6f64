import type { Reading } from "../../../src/rules/rule.ts";

/** A text that RDS sent or documents, and what it means. */
export interface Text {
  on: "db-instance" | "db-cluster" | "blue-green-deployment";
  text: string;
  /** The rule that reads it; absent if it is about something else. */
  signal?: string;
  /** Exactly what the rule reads; not looked at if absent. */
  reading?: Reading;
}

const SQL_ERROR =
  "SQLError: 1050, reason: Coordinator stopped because there were error(s) in the worker(s). The most recent failure being: Worker 1 failed executing transaction 'ANONYMOUS' at master log mysql-bin-changelog.098765, end_log_pos 1234. See error log and/or performance_schema.replication_applier_status_by_worker table for more details about this failure or others, if any";
const IO_ERROR =
  "IOError: 1236, reason: Got fatal error 1236 from source when reading data from binary log: 'Could not find first log file name in binary log index file'";
const STORAGE =
  "Replication on your DB instance has been stopped due to insufficient storage. Scale storage or reduce the maximum size of your redo logs to let replication continue. To accommodate redo logs of size 8192 MiB you need at least 16384 MiB free storage";
const THIRTY_DAYS = "Replication for the Read Replica has been terminated since replication has been stopped for more than 30 days";
const DDL =
  "Data definition language (DDL) changes aren't supported for blue/green deployments. These changes aren't replicated from the blue environment to the green environment, and switchover will be blocked. Your green databases now have a status of REPLICATION_DEGRADED. Delete and recreate your blue/green deployment and avoid future DDL changes. See the engine logs for the timestamp 2024-02-05-08 for more information. The log_min_messages DB parameter must be set to WARNING (the default) or lower for DDL warning messages to be saved in the engine log files.";
const PAIR = { blue: "shop", green: "shop-green-b7evza" };
const stopped = (text: string, reason?: string, more: Reading = {}): Text => ({
  on: "db-instance",
  text,
  signal: "replication-stopped",
  reading: { ...(reason !== undefined && { reason }), ...more },
});
const terminated = (text: string, reason?: string) => stopped(text, reason, { terminated: true });

/** Texts by their source. None has an event id here, since DescribeEvents lists none and EventBridge sometimes leaves it out. */
export const TEXTS: Readonly<Record<string, readonly Text[]>> = {
  "terraform-aws-modules/terraform-aws-notify-slack#195, and AWS's guide to replication errors": [
    stopped(`Read Replica Replication Error - ${SQL_ERROR}.`, SQL_ERROR),
    stopped(`Read Replica Replication Error - ${IO_ERROR}`, IO_ERROR),
  ],
  "RDS User Guide, USER_Events.Messages: notes on RDS-EVENT-0045 in the revisions of 2022 and 2023": [stopped(`${STORAGE}.`, STORAGE)],
  "lists of real events of read replicas": [
    stopped("Streaming replication has stopped."),
    terminated("Streaming replication has been terminated."),
    terminated(`${THIRTY_DAYS}.`, THIRTY_DAYS),
    { on: "db-instance", text: "Binlog position from crash recovery is mysql-bin-changelog.000001 154" },
  ],
  "RDS User Guide, USER_Events.Messages, DB instance events": [
    stopped("Replication has stopped."),
    terminated("Replication streaming has been terminated."),
    stopped("Replication for the Read Replica has been manually stopped.", "Replication for the Read Replica has been manually stopped"),
    stopped("Read replica creation failed.", "Read replica creation failed"),
    stopped("The upgrade process stopped replication on the read replica."),
    { on: "db-instance", text: "The upgrade process resumed replication on the read replica.", signal: "replication-resumed", reading: {} },
    { on: "db-instance", text: "Replication from Non RDS instance has been reset." },
    { on: "db-instance", text: "The Switchover to the read replica started." },
    { on: "db-instance", text: "DB instance created" },
  ],
  "RDS MySQL Blue/Green Upgrades: Don't Let Debezium Lose Its Place (V. Periyathambi, 2026-03-26)": [
    {
      on: "db-instance",
      text: "Binary log coordinates in green environment after switchover: file mysql-bin-changelog.000003 and position 40134574",
      signal: "binary-log-coordinates",
      reading: { binaryLog: { file: "mysql-bin-changelog.000003", position: "40134574" } },
    },
  ],
  "Aurora User Guide, AuroraMySQL.Upgrading.Troubleshooting and .failure-events: answers of describe-events": [
    {
      on: "db-instance",
      text: "Database cluster is in a state that cannot be upgraded:\nPreUpgrade checks failed: Oscar PreChecker Found 1 errors",
      signal: "engine-upgrade-failed",
      reading: { reason: "PreUpgrade checks failed: Oscar PreChecker Found 1 errors" },
    },
    {
      on: "db-cluster",
      text: "Database cluster is in a state that cannot be upgraded: Upgrade prechecks failed. For more details, see the upgrade-prechecks.log file.",
      signal: "engine-upgrade-failed",
      reading: { reason: "Upgrade prechecks failed. For more details, see the upgrade-prechecks.log file" },
    },
    { on: "db-cluster", text: "Database cluster engine version upgrade started.", signal: "engine-upgrade-started", reading: {} },
  ],
  // The beginnings are from live events; what follows them here is made up.
  "a collection of texts seen in 363 real events (2026-08-19)": [
    {
      on: "db-instance",
      text: "Starting to terminate connections and user processes in the blue environment at 2026-08-19T09:10:13Z.",
      signal: "connections-terminated",
      reading: {},
    },
    { on: "db-cluster", text: "The green environment is now accepting connections.", signal: "green-accepts", reading: {} },
    { on: "db-instance", text: "green environment is now accepting writes", signal: "green-accepts", reading: {} },
    {
      on: "blue-green-deployment",
      text: "Starting to terminate connections and user processes in the blue environment at 2026-08-19T09:10:13Z.",
      signal: "connections-terminated",
      reading: {},
    },
    { on: "blue-green-deployment", text: "Your green environment is now accepting writes.", signal: "green-accepts", reading: {} },
  ],
  "a live upgrade of Aurora PostgreSQL (2024-02-05)": [
    { on: "db-instance", text: DDL, signal: "replication-degraded", reading: { logHour: "2024-02-05-08", degraded: true } },
    { on: "db-instance", text: "Replication has been degraded.", signal: "replication-degraded", reading: { degraded: true } },
    {
      on: "blue-green-deployment",
      text: "Switchover started on blue/green deployment blue-green.",
      signal: "switchover-started",
      reading: { deploymentName: "blue-green" },
    },
  ],
  "AWS re:Post, rds-aurora-postgresql-blue-green-deployments": [
    {
      on: "db-cluster",
      text: "Switchover from DB cluster shop to shop-green-b7evza was cancelled because there are DDL or Large Object changes on shop that can't be replicated. Delete the blue/green deployment along with the target cluster, then re-create it.",
      signal: "member-switchover-cancelled",
      reading: {
        ...PAIR,
        reason:
          "there are DDL or Large Object changes on shop that can't be replicated. Delete the blue/green deployment along with the target cluster, then re-create it",
        degraded: true,
      },
    },
  ],
  "RDS User Guide, USER_Events.Messages: older revisions of the blue/green deployment events": [
    {
      on: "db-instance",
      text: "Switchover from primary shop to shop-green-b7evza canceled due to replication lag.",
      signal: "member-switchover-cancelled",
      reading: { ...PAIR, reason: "replication lag" },
    },
    {
      on: "db-instance",
      text: "Switchover from primary shop to shop-green-b7evza canceled.",
      signal: "member-switchover-cancelled",
      reading: PAIR,
    },
    {
      on: "db-instance",
      text: "Switchover from read replica shop-r1 to shop-r1-green-x9y8z7 was canceled due to the read replica shop-r1-green-x9y8z7 being in state rebooting.",
      signal: "member-switchover-cancelled",
      reading: {
        blue: "shop-r1",
        green: "shop-r1-green-x9y8z7",
        reason: "the read replica shop-r1-green-x9y8z7 being in state rebooting",
      },
    },
    {
      on: "db-cluster",
      text: "Switchover from source to target was canceled.",
      signal: "member-switchover-cancelled",
      reading: { blue: "source", green: "target" },
    },
    {
      on: "db-instance",
      text: "Switchover from primary shop to shop-green-b7evza completed. Renamed databases.",
      signal: "member-switchover-completed",
      reading: PAIR,
    },
    {
      on: "db-instance",
      text: "Sequence sync for switchover of shop to shop-green-b7evza was canceled because sequences failed to sync.",
      signal: "sequence-sync-failed",
      reading: { ...PAIR, reason: "sequences failed to sync" },
    },
    { on: "blue-green-deployment", text: "Switchover started on blue/green deployment.", signal: "switchover-started", reading: {} },
    {
      on: "blue-green-deployment",
      text: "Switchover canceled on blue/green deployment shop-84 due to timeout.",
      signal: "switchover-cancelled",
      reading: { reason: "timeout" },
    },
    {
      on: "blue-green-deployment",
      text: "Creation of blue/green deployment failed because the target DB instance wasn't found.",
      signal: "creation-failed",
      reading: { reason: "the target DB instance wasn't found" },
    },
    { on: "blue-green-deployment", text: "Creation of blue/green deployment failed.", signal: "creation-failed", reading: {} },
  ],
};
