import type { Item, Records } from "../clients/records.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Time } from "../clients/time.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { deploymentOf } from "../deployments/membership.ts";
import { deliveryKey, type RdsEvent } from "../events/rds-event.ts";
import { databaseKey, deploymentKey } from "../facts/record.ts";
import { reportOf } from "../facts/report-of.ts";
import { otherDeploymentEvent } from "../rules/other-deployment-event.ts";
import type { Signal } from "../rules/rule.ts";
import { signalOf } from "../rules/signal.ts";
import type { Watch } from "../settings/settings.ts";
import type { NewReport } from "./news.ts";
import { isWatched, WATCH_TAG } from "./watched.ts";

/** What became of one RDS event: filed under a record's key, or left out and why. */
export type Taken = { signal?: string; key: string } | { signal?: string; leftOut: string };

/** The same, with what it reports. */
export type Filed = { signal: string; key: string; news: NewReport } | { signal?: string; leftOut: string };

/** Where an event was filed, for good: its place would change with what RDS lists. */
interface FiledItem extends Item {
  /** The record's key, or `-` if it was left out. */
  to: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

const LEFT_OUT = "-";
const KEPT_SECONDS = 30 * 24 * 3_600;

/** Where an RDS event would be filed as RDS lists the deployments now. */
export interface Place {
  /** Undefined if no rule reads it. */
  signal?: Signal;
  /** The listed deployment that it is about. */
  deployment?: Deployment;
  /** The key of its record; undefined if it has none. */
  key?: string;
}

/**
 * Interprets one RDS event and finds the record that it belongs to. `deployments` are those that RDS lists now.
 *
 * An event of a deployment, or a text that says "degraded", has a record even if no deployment is found; any other event of a database in no
 * deployment has none.
 */
export function placeOf(event: RdsEvent, deployments: readonly Deployment[]): Place {
  const signal = signalOf(event);
  if (!signal) return {};
  const deployment = deploymentOf(event, signal.reading, deployments);
  return { signal, deployment, key: keyOf(event, signal, deployment) };
}

/** Decides once for good which record an RDS event belongs to; every event of a deployment that is not watched is left out. */
export async function file(event: RdsEvent, { signal, deployment, key }: Place, dependencies: FilingDependencies): Promise<Filed> {
  const { records, time, telemetry } = dependencies;
  telemetry.count("EventsSeen");
  if (!signal) return { leftOut: "no rule reads it" };
  if (signal.rule === otherDeploymentEvent) telemetry.count("UnknownEvents");
  const { id } = signal.rule;
  if (key === undefined) return { signal: id, leftOut: "its database is in no blue/green deployment" };
  const to = (await isLeftOut(event, key, deployment, dependencies)) ? LEFT_OUT : key;
  const item: FiledItem = { key: `filed#${deliveryKey(event)}`, version: 0, to, expiresAt: Math.floor(time.now() / 1_000) + KEPT_SECONDS };
  // On a hit the record is written all the same: the run that filed it may have died before.
  const filed = (await records.write(item)) ? item : await records.read<FiledItem>(item.key);
  if (filed === undefined || filed.to === LEFT_OUT) return { signal: id, leftOut: `its deployment has no tag ${WATCH_TAG}` };
  return { signal: id, key: filed.to, news: { meaning: signal.rule, report: reportOf(signal, deployment) } };
}

/** What filing needs from the outside. */
export interface FilingDependencies {
  records: Pick<Records, "read" | "write">;
  time: Time;
  /** Which deployments are watched. */
  watch: Watch;
  telemetry: Telemetry;
}

function keyOf(event: RdsEvent, signal: Signal, deployment: Deployment | undefined): string | undefined {
  if (deployment) return deploymentKey(deployment.id);
  if (event.sourceType === "blue-green-deployment") return deploymentKey(event.sourceIdentifier);
  return signal.reading.degraded ? databaseKey(event.sourceIdentifier) : undefined;
}

/** Tags disappear with the deployment: once it is gone, its record says whether it was watched. */
async function isLeftOut(
  event: RdsEvent,
  key: string,
  deployment: Deployment | undefined,
  { records, watch }: FilingDependencies,
): Promise<boolean> {
  if (deployment) return !isWatched(deployment, watch);
  const isDeployments = event.sourceType === "blue-green-deployment";
  return isDeployments && watch === "tagged" && (await records.read(key)) === undefined;
}
