import { entrance } from "./after/entrance.ts";
import { aliases, functions, mapping, stackStatus } from "./after/functions.ts";
import { metrics } from "./after/metrics.ts";
import { patterns } from "./after/patterns.ts";
import { eventWindows } from "./after/rds.ts";
import { rightsToCreate, rightsToDelete } from "./after/rights.ts";
import { selfTests } from "./after/self-tests.ts";
import { deployedSettings, statedSettings } from "./after/settings.ts";
import { alarms, queues, table } from "./after/stores.ts";
import { endsToRelease, requestsToAliases, routesToQueue, schedule } from "./after/ways.ts";
import { durableFunctions, functionUrl, scheduler, tracing } from "./before/region.ts";
import { bootstrap, bus, concurrency } from "./before/room.ts";
import { secret } from "./before/secret.ts";
import { slackBot, slackChannel, slackGroups } from "./before/slack.ts";
import { where } from "./before/where.ts";
import type { DoctorCheck } from "./check.ts";

const BEFORE = [where, statedSettings, scheduler, functionUrl, durableFunctions, tracing, concurrency, bus, bootstrap, secret];
const SLACK = [slackBot, slackGroups, slackChannel];
const PARTS = [stackStatus, deployedSettings, functions, aliases, mapping];
const WAYS = [routesToQueue, patterns, requestsToAliases, endsToRelease, schedule];
const STORES = [queues, table, alarms];

/** Everything that `doctor` asks, in the order in which people should read it. */
export const CHECKS: readonly DoctorCheck[] = [
  ...BEFORE,
  ...SLACK,
  eventWindows,
  ...PARTS,
  ...WAYS,
  ...STORES,
  ...selfTests,
  rightsToCreate,
  rightsToDelete,
  entrance,
  metrics,
];
