import type { RdsEvent } from "../events/rds-event.ts";
import type { Reading } from "../rules/rule.ts";
import { blueNameOf, isGreenName, rdsName } from "./arn.ts";
import type { Deployment } from "./deployment.ts";

/** Where a database stands in its deployment. */
export type Side = "blue" | "green" | "old blue" | "new blue";

const KIND_OF: Record<string, string> = { "db-cluster": "cluster", "db-instance": "db" };

// RDS may stamp an event a little before the deployment's own CreateTime.
const CLOCK_SKEW_MS = 60_000;

/**
 * The deployment that an event of a cluster or an instance concerns, found in the API's member lists.
 *
 * Names change hands at the switchover and events are filed under the name of their time, so a name also fits where it is the member's
 * green or old name. Where several deployments fit (an old one that was switched over, and the next one on the same database), the
 * names in the event's text decide, then the youngest deployment that existed at the event's time.
 */
export function deploymentOf(event: RdsEvent, reading: Reading, deployments: readonly Deployment[]): Deployment | undefined {
  const kind = KIND_OF[event.sourceType];
  if (!kind) return deployments.find((deployment) => deployment.id === event.sourceIdentifier);
  const concerned = deployments.filter((it) => existedAt(it, event.date) && fits(it, kind, event.sourceIdentifier));
  const named = [event.sourceIdentifier, reading.green, reading.oldBlue].filter((name) => name && name !== blueNameOf(name));
  const score = (it: Deployment) => named.filter((name) => namesOf(it).includes(name ?? "")).length;
  return concerned.sort((a, b) => score(b) - score(a) || createdAt(b) - createdAt(a))[0];
}

/** Which side of the deployment reported, by the name of that time. */
export function sideOf(event: RdsEvent, deployment: Deployment): Side | undefined {
  const name = event.sourceIdentifier;
  if (isGreenName(name)) return "green";
  const switched = deployment.status === "SWITCHOVER_COMPLETED";
  if (namesIn(deployment, "source").includes(name)) return switched ? "old blue" : "blue";
  if (namesIn(deployment, "target").includes(name)) return switched ? "new blue" : "green";
  return undefined;
}

function fits(deployment: Deployment, kind: string, name: string): boolean {
  const base = blueNameOf(name);
  const is = (arn: string | undefined, wanted: string) => arn !== undefined && rdsName(arn).kind === kind && rdsName(arn).name === wanted;
  return pairsOf(deployment).some(({ source, target }) => {
    if (is(source, name) || is(target, name)) return true;
    // Green's name is not listed before the target is there, nor after it took blue's; `X-old1` is not listed before the rename.
    if (isGreenName(name)) return is(target, base) || (is(source, base) && target === undefined);
    return base !== name && is(source, base);
  });
}

function existedAt(deployment: Deployment, date: string): boolean {
  return createdAt(deployment) <= Date.parse(date) + CLOCK_SKEW_MS;
}

const createdAt = (deployment: Deployment): number => (deployment.createTime ? Date.parse(deployment.createTime) : 0);

/** The deployment's own pair and its members'. */
function pairsOf(deployment: Deployment): { source?: string; target?: string }[] {
  return [deployment, ...deployment.members];
}

function namesOf(deployment: Deployment): string[] {
  return [...namesIn(deployment, "source"), ...namesIn(deployment, "target")];
}

function namesIn(deployment: Deployment, side: "source" | "target"): string[] {
  const arns = pairsOf(deployment).map((pair) => pair[side]);
  return arns.filter((arn) => arn !== undefined).map((arn) => rdsName(arn).name);
}
