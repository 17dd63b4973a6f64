import type { Deployment } from "../state.ts";
import { primaryOf } from "../state.ts";
import { auroraMysql } from "./aurora-mysql.ts";
import { auroraPostgresql } from "./aurora-postgresql.ts";
import { rds } from "./rds.ts";
import type { Timeline } from "./timeline.ts";

const TIMELINES: readonly Timeline[] = [auroraPostgresql, auroraMysql, rds];

/** How deployments of that engine go; undefined if RDS has no blue/green deployments for it (Oracle, SQL Server, Db2). */
export function timelineOf(engine: string): Timeline | undefined {
  return TIMELINES.find(({ engines }) => engines.includes(engine));
}

/** How this deployment goes. */
export function timelineFor(deployment: Deployment): Timeline {
  const { engine } = primaryOf(deployment).source;
  const timeline = timelineOf(engine);
  if (timeline === undefined) throw new Error(`The lab has no timeline for engine ${engine}: list one in lab/rds/timelines/index.ts.`);
  return timeline;
}
