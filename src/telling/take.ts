import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { deploymentOf } from "../deployments/membership.ts";
import type { RdsEvent } from "../events/rds-event.ts";
import { withReport } from "../facts/facts.ts";
import { databaseKey, deploymentKey } from "../facts/record.ts";
import { reportOf } from "../facts/report-of.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { otherDeploymentEvent } from "../rules/other-deployment-event.ts";
import type { Signal } from "../rules/rule.ts";
import { signalOf } from "../rules/signal.ts";
import type { Watch } from "../settings/settings.ts";
import { remember } from "../standing/memory.ts";
import { isWatched, WATCH_TAG } from "./watched.ts";

/** What became of one RDS event: recorded for telling under a record's key, or left out and why. */
export type Taken = { signal?: string; key: string } | { signal?: string; leftOut: string };

/**
 * Interprets one RDS event, finds its deployment, and records what to tell.
 *
 * Records an event of a deployment, or a text that says "degraded", even if no deployment is found. Leaves out any other event of a
 * database in no deployment, and every event of a deployment that is not watched.
 */
export async function take(event: RdsEvent, dependencies: TakeDependencies): Promise<Taken> {
  const { rds, records, watch, telemetry } = dependencies;
  telemetry.count("EventsSeen");
  const signal = signalOf(event);
  if (!signal) return { leftOut: "no rule reads it" };
  if (signal.rule === otherDeploymentEvent) telemetry.count("UnknownEvents");
  const isDeployments = event.sourceType === "blue-green-deployment";
  const deployment = isDeployments
    ? await rds.deployment(event.sourceIdentifier)
    : deploymentOf(event, signal.reading, await rds.deployments());
  const key = keyOf(event, signal, deployment, isDeployments);
  if (!key) return { signal: signal.rule.id, leftOut: "its database is in no blue/green deployment" };
  if (deployment && !isWatched(deployment, watch)) return { signal: signal.rule.id, leftOut: NOT_WATCHED };
  // Tags disappear with the deployment: once it is gone, its record says whether it was watched.
  const isUnknown = !deployment && isDeployments && watch === "tagged" && !(await records.read(key));
  if (isUnknown) return { signal: signal.rule.id, leftOut: NOT_WATCHED };
  const report = reportOf(signal, deployment);
  await amendRecord(records, key, (record) => {
    const facts = withReport(record.facts, signal.rule, report, record.dropped);
    const before = record.memory ?? {};
    // The next answer may be older than this one.
    const memory = deployment ? remember(before, { deployment, databases: [] }, facts).memory : before;
    return facts === record.facts && memory === before ? record : { ...record, facts, ...(memory !== before && { memory }) };
  });
  return { signal: signal.rule.id, key };
}

/** What taking an event needs from the outside. */
export interface TakeDependencies {
  rds: Pick<Rds, "deployment" | "deployments">;
  records: Records;
  /** Which deployments are watched. */
  watch: Watch;
  telemetry: Telemetry;
}

const NOT_WATCHED = `its deployment has no tag ${WATCH_TAG}`;

function keyOf(event: RdsEvent, signal: Signal, deployment: Deployment | undefined, isDeployments: boolean): string | undefined {
  if (deployment) return deploymentKey(deployment.id);
  if (isDeployments) return deploymentKey(event.sourceIdentifier);
  return signal.reading.degraded ? databaseKey(event.sourceIdentifier) : undefined;
}
