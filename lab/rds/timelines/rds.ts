import { isMajorUpgrade, plainCreation } from "./plain.ts";
import type { SwitchoverWords, Timeline } from "./timeline.ts";

const instanceWords: SwitchoverWords = {
  about: "db",
  started: (blue, green) => `Switchover from primary ${blue} to ${green} started.`,
  completed: (blue, green, old) =>
    `Switchover from primary ${blue} to ${green} completed. Renamed ${blue} to ${old} and ${green} to ${blue}.`,
  canceled: (blue, green, reason) => `Switchover from primary ${blue} to ${green} was canceled due to ${reason}.`,
};

/**
 * RDS instances: MySQL, MariaDB and PostgreSQL, the last with logical replication only for a major upgrade.
 *
 * Source: RDS User Guide, blue-green-deployments-replication-type.
 */
export const rds: Timeline = {
  engines: ["mysql", "mariadb", "postgres"],
  origin: "lab",
  tasks: (upgrades) => [
    "CREATING_READ_REPLICA_OF_SOURCE",
    ...(upgrades ? (["DB_ENGINE_VERSION_UPGRADE"] as const) : []),
    "CONFIGURE_BACKUPS",
  ],
  replicatesLogically: (deployment) => deployment.members[0]?.source.engine === "postgres" && isMajorUpgrade(deployment),
  creation: (control, deployment) => plainCreation(control, deployment, "CONFIGURE_BACKUPS"),
  switchoverWords: (deployment) =>
    rds.replicatesLogically(deployment)
      ? {
          ...instanceWords,
          sequenceSync: (blue, green) => ({
            initiated: `Sequence sync for switchover of ${blue} to ${green} has initiated. Switchover when using sequences may lead to extended downtime.`,
            completed: `Sequence sync for switchover of ${blue} to ${green} has completed.`,
          }),
        }
      : instanceWords,
};
