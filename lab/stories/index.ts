import { auroraMajorUpgrade } from "./aurora-major-upgrade.ts";
import { auroraMysqlUpgrade } from "./aurora-mysql.ts";
import { creationFails } from "./creation-fails.ts";
import { eventsLost } from "./events-lost.ts";
import { rdsMysql } from "./rds-mysql.ts";
import { rdsPostgresql } from "./rds-postgresql.ts";
import { slackDown } from "./slack-down.ts";
import type { Story } from "./story.ts";
import { switchoverCancelled } from "./switchover-cancelled.ts";
import { threeAtOnce } from "./three-at-once.ts";

/** Every story, in the order in which they are listed. */
export const stories: readonly Story[] = [
  auroraMajorUpgrade,
  creationFails,
  switchoverCancelled,
  eventsLost,
  slackDown,
  threeAtOnce,
  auroraMysqlUpgrade,
  rdsPostgresql,
  rdsMysql,
];
