import { binaryLogCoordinates } from "./binary-log.ts";
import { clusterWords } from "./cluster-words.ts";
import { plainCreation } from "./plain.ts";
import type { Timeline } from "./timeline.ts";

/** Aurora MySQL: binlog replication, so DDL on blue does no harm and no sequences are synchronised. */
export const auroraMysql: Timeline = {
  engines: ["aurora-mysql"],
  origin: "lab",
  firstMemberStatus: "PROVISIONING",
  tasks: ({ upgrades }) => [
    "CREATING_READ_REPLICA_OF_SOURCE",
    ...(upgrades ? (["DB_ENGINE_VERSION_UPGRADE"] as const) : []),
    "CREATE_DB_INSTANCES_FOR_CLUSTER",
  ],
  replicatesLogically: () => false,
  creation: (control, deployment) => plainCreation(control, deployment, "CREATE_DB_INSTANCES_FOR_CLUSTER"),
  switchoverWords: () => clusterWords,
  afterRenames: binaryLogCoordinates,
};
