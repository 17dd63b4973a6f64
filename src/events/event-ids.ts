/** A row of AWS's tables of RDS events. */
export interface KnownEvent {
  /** The source type that AWS lists the event under; RDS also sends some events for other source types. */
  table: "blue/green deployment" | "DB cluster" | "DB instance";
  /** AWS's wording; `{x}` is a placeholder. */
  message: string;
}

/**
 * The event ids that the guard's rules use, with AWS's wording.
 *
 * Source: "Amazon RDS event categories and event messages" in the RDS and the Aurora User Guide (USER_Events.Messages). Live
 * events sometimes differ: an extra or missing full stop or name, or "canceled" for "cancelled". Two events are in no table and are
 * recognised by text alone: degraded replication and MySQL's binary log coordinates.
 */
export const KNOWN_EVENTS = {
  "RDS-EVENT-0244": {
    table: "blue/green deployment",
    message:
      "Blue/green deployment tasks completed. You can make more modifications to the green environment databases or switch over the deployment.",
  },
  "RDS-EVENT-0245": { table: "blue/green deployment", message: "Creation of blue/green deployment failed because {reason}." },
  "RDS-EVENT-0246": { table: "blue/green deployment", message: "Blue/green deployment deleted." },
  "RDS-EVENT-0247": { table: "blue/green deployment", message: "Switchover from {blue} to {green} started." },
  "RDS-EVENT-0248": { table: "blue/green deployment", message: "Switchover completed on blue/green deployment." },
  "RDS-EVENT-0249": { table: "blue/green deployment", message: "Switchover canceled on blue/green deployment." },
  "RDS-EVENT-0250": { table: "blue/green deployment", message: "Switchover from primary/read replica {blue} to {green} started." },
  "RDS-EVENT-0251": {
    table: "blue/green deployment",
    message: "Switchover from primary/read replica {blue} to {green} completed. Renamed {blue} to {blue-old} and {green} to {blue}.",
  },
  "RDS-EVENT-0252": {
    table: "blue/green deployment",
    message: "Switchover from primary/read replica {blue} to {green} was canceled due to {reason}.",
  },
  "RDS-EVENT-0259": { table: "blue/green deployment", message: "Switchover from DB cluster {blue} to {green} started." },
  "RDS-EVENT-0260": {
    table: "blue/green deployment",
    message: "Switchover from DB cluster {blue} to {green} completed. Renamed {blue} to {blue-old} and {green} to {blue}.",
  },
  "RDS-EVENT-0261": {
    table: "blue/green deployment",
    message: "Switchover from DB cluster {blue} to {green} was canceled due to {reason}.",
  },
  "RDS-EVENT-0307": {
    table: "blue/green deployment",
    message:
      "Sequence sync for switchover of {blue} to {green} has initiated. Switchover when using sequences may lead to extended downtime.",
  },
  "RDS-EVENT-0308": { table: "blue/green deployment", message: "Sequence sync for switchover of {blue} to {green} has completed." },
  "RDS-EVENT-0310": {
    table: "blue/green deployment",
    message: "Sequence sync for switchover of {blue} to {green} was cancelled because sequences failed to sync.",
  },
  "RDS-EVENT-0311": {
    table: "blue/green deployment",
    message:
      "Sequence sync for switchover of DB cluster {blue} to {green} has initiated. Switchover when using sequences may lead to extended downtime.",
  },
  "RDS-EVENT-0312": {
    table: "blue/green deployment",
    message: "Sequence sync for switchover of DB cluster {blue} to {green} has completed.",
  },
  "RDS-EVENT-0314": {
    table: "blue/green deployment",
    message: "Sequence sync for switchover of DB cluster {blue} to {green} was cancelled because sequences failed to sync.",
  },
  "RDS-EVENT-0405": { table: "blue/green deployment", message: "Your storage volumes are being initialized." },
  "RDS-EVENT-0406": { table: "blue/green deployment", message: "Your storage volumes have been initialized." },
  "RDS-EVENT-0409": { table: "blue/green deployment", message: "{message}" },
  "RDS-EVENT-0085": {
    table: "DB cluster",
    message:
      "Unable to upgrade DB cluster {name} because the instance {name} has a status of {name}. Resolve the issue or delete the instance and try again.",
  },
  "RDS-EVENT-0173": { table: "DB cluster", message: "Database cluster engine version has been upgraded." },
  "RDS-EVENT-0174": { table: "DB cluster", message: "Database cluster is in a state that cannot be upgraded." },
  "RDS-EVENT-0176": { table: "DB cluster", message: "Database cluster engine major version has been upgraded." },
  "RDS-EVENT-0286": {
    table: "DB cluster",
    message: "Database cluster engine {version_number} version upgrade started. Cluster remains online.",
  },
  "RDS-EVENT-0412": { table: "DB cluster", message: "The pre-check for the database cluster engine version upgrade failed or timed out." },
  "RDS-EVENT-0417": { table: "DB cluster", message: "Database cluster engine version upgrade started." },
  "RDS-EVENT-0426": {
    table: "DB cluster",
    message:
      "RDS can't configure the DB cluster {name} as a replication source because of idle or long-running transactions. Wait for the transactions to complete or cancel them, and try again.",
  },
  "RDS-EVENT-0045": { table: "DB instance", message: "Replication has stopped." },
  "RDS-EVENT-0046": { table: "DB instance", message: "Replication for the Read Replica resumed." },
  "RDS-EVENT-0057": { table: "DB instance", message: "Replication streaming has been terminated." },
  "RDS-EVENT-0062": { table: "DB instance", message: "Replication for the Read Replica has been manually stopped." },
  "RDS-EVENT-0202": { table: "DB instance", message: "Read replica creation failed." },
  "RDS-EVENT-0415": { table: "DB instance", message: "The upgrade process resumed replication on the read replica." },
  "RDS-EVENT-0416": { table: "DB instance", message: "The upgrade process stopped replication on the read replica." },
  "RDS-EVENT-0158": { table: "DB instance", message: "Database instance is in a state that cannot be upgraded: {message}." },
  "RDS-EVENT-0188": { table: "DB instance", message: "The DB instance is in a state that can't be upgraded. {message}" },
  "RDS-EVENT-0267": { table: "DB instance", message: "The engine version upgrade started." },
  "RDS-EVENT-0268": { table: "DB instance", message: "The engine version upgrade finished." },
  "RDS-EVENT-0270": {
    table: "DB instance",
    message: "The DB engine version upgrade failed. The engine version upgrade rollback succeeded.",
  },
} as const satisfies Record<string, KnownEvent>;

/** An event id that the guard knows. */
export type EventId = keyof typeof KNOWN_EVENTS;
