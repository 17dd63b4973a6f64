import { type Deployment, type Member, primaryOf } from "../state.ts";
import { binaryLogCoordinates } from "./binary-log.ts";
import { isMajorUpgrade, plainCreation } from "./plain.ts";
import type { SwitchoverWords, Timeline } from "./timeline.ts";

/** The texts of RDS-EVENT-0250, 0251 and 0252. Source: the templates of the RDS User Guide, USER_Events.Messages. */
function instanceWords(role: "primary" | "read replica"): SwitchoverWords {
  return {
    about: "db",
    started: (blue, green) => `Switchover from ${role} ${blue} to ${green} started.`,
    completed: (blue, green, old) =>
      `Switchover from ${role} ${blue} to ${green} completed. Renamed ${blue} to ${old} and ${green} to ${blue}.`,
    canceled: (blue, green, reason) => `Switchover from ${role} ${blue} to ${green} was canceled due to ${reason}.`,
  };
}

/** The texts of RDS-EVENT-0307, 0308 and 0310. */
const sequenceSync: SwitchoverWords["sequenceSync"] = (blue, green) => ({
  initiated: `Sequence sync for switchover of ${blue} to ${green} has initiated. Switchover when using sequences may lead to extended downtime.`,
  completed: `Sequence sync for switchover of ${blue} to ${green} has completed.`,
  failed: `Sequence sync for switchover of ${blue} to ${green} was cancelled because sequences failed to sync.`,
});

/**
 * RDS instances: MySQL, MariaDB and PostgreSQL, the last with logical replication only for a major upgrade.
 *
 * Source: RDS User Guide, blue-green-deployments-replication-type; the tasks are those of AWS's samples, without and with read replicas.
 */
export const rds: Timeline = {
  engines: ["mysql", "mariadb", "postgres"],
  origin: "lab",
  tasks: ({ upgrades, members }) => [
    "CREATING_READ_REPLICA_OF_SOURCE",
    ...(upgrades ? (["DB_ENGINE_VERSION_UPGRADE"] as const) : []),
    "CONFIGURE_BACKUPS",
    ...(members > 1 ? (["CREATING_TOPOLOGY_OF_SOURCE"] as const) : []),
  ],
  replicatesLogically: (deployment) => isPostgres(deployment) && isMajorUpgrade(deployment),
  creation: (control, deployment) =>
    plainCreation(control, deployment, deployment.members.length > 1 ? "CREATING_TOPOLOGY_OF_SOURCE" : "CONFIGURE_BACKUPS"),
  switchoverWords(deployment, member: Member = primaryOf(deployment)) {
    if (member !== primaryOf(deployment)) return instanceWords("read replica");
    const words = instanceWords("primary");
    return rds.replicatesLogically(deployment) ? { ...words, sequenceSync } : words;
  },
  afterRenames: (control, deployment) => (isPostgres(deployment) ? [] : binaryLogCoordinates(control, deployment)),
};

function isPostgres(deployment: Deployment): boolean {
  return primaryOf(deployment).source.engine === "postgres";
}
