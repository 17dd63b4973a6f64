import { auroraMajorUpgrade } from "./aurora-major-upgrade.ts";
import { auroraMysqlUpgrade } from "./aurora-mysql.ts";
import { creationFails } from "./creation-fails.ts";
import { customEndpoints } from "./custom-endpoints.ts";
import { degradedInApi } from "./degraded-in-api.ts";
import { eventsLost } from "./events-lost.ts";
import { rdsMysql } from "./rds-mysql.ts";
import { rdsPostgresql } from "./rds-postgresql.ts";
import { recreateByPolicy } from "./recreate/by-policy.ts";
import { recreateFails } from "./recreate/fails.ts";
import { recreateKilled } from "./recreate/killed.ts";
import { recreateByPerson } from "./recreate/recreate.ts";
import { recreateRuinedAgain } from "./recreate/ruined-again.ts";
import { sequenceSyncFails } from "./sequence-sync-fails.ts";
import { slackDown } from "./slack-down.ts";
import { somebodyComes } from "./somebody-comes.ts";
import { storageOptimization } from "./storage-optimization.ts";
import type { Story } from "./story.ts";
import { switchoverApproved } from "./switchover/approved.ts";
import { switchoverCancelled } from "./switchover/cancelled.ts";
import { switchoverFindsDdl } from "./switchover/finds-ddl.ts";
import { switchoverInPart } from "./switchover/in-part.ts";
import { switchover } from "./switchover/switchover.ts";
import { switchoverTimesOut } from "./switchover/times-out.ts";
import { threeAtOnce } from "./three-at-once.ts";
import { upgrade } from "./upgrade.ts";

/** Every story, in the order in which they are listed. */
export const stories: readonly Story[] = [
  upgrade,
  auroraMajorUpgrade,
  recreateByPerson,
  recreateByPolicy,
  recreateFails,
  recreateRuinedAgain,
  recreateKilled,
  switchover,
  switchoverApproved,
  switchoverCancelled,
  switchoverFindsDdl,
  sequenceSyncFails,
  switchoverTimesOut,
  switchoverInPart,
  creationFails,
  eventsLost,
  slackDown,
  somebodyComes,
  threeAtOnce,
  auroraMysqlUpgrade,
  customEndpoints,
  rdsPostgresql,
  rdsMysql,
  storageOptimization,
  degradedInApi,
];

/** The story of that name, if there is one. */
export function storyNamed(name: string | undefined): Story | undefined {
  return stories.find((it) => it.name === name);
}

/** How many times as fast as the real clock a story is played for a visitor who asked for `speed`. */
export function speedOf(story: Story | undefined, speed: number): number {
  return Math.min(speed, story?.fastest ?? speed);
}
