import type { RdsEvent } from "../events/rds-event.ts";
import type { Reading } from "../rules/rule.ts";
import { blueNameOf, isGreenName, rdsName } from "./arn.ts";
import type { Deployment } from "./deployment.ts";

/** A database's side of its deployment. */
export type Side = "blue" | "green" | "old blue" | "new blue";

const KIND_OF: Record<string, string> = { "db-cluster": "cluster", "db-instance": "db" };

// RDS can date an event slightly before the deployment's own CreateTime.
const CLOCK_SKEW_MS = 60_000;

/**
 * Finds the deployment that an event concerns: by id, or for a cluster's or an instance's event in the API's member lists.
 *
 * Names change hands at the switchover, and RDS files an event under the name at that time, so a member's green or old name matches too.
 * If several deployments match (one that was switched over, and the next one on the same database), the names in the event's text
 * decide, then the newest deployment that existed when the event happened.
 */
export function deploymentOf(event: RdsEvent, reading: Reading, deployments: readonly Deployment[]): Deployment | undefined {
  const kind = KIND_OF[event.sourceType];
  if (!kind) return deployments.find((deployment) => deployment.id === event.sourceIdentifier);
  const having = havingName(event.sourceIdentifier, deployments);
  const concerned = having.filter((it) => fits(it, kind, event.sourceIdentifier) && existedAt(it, event.date));
  const named = [event.sourceIdentifier, reading.green, reading.oldBlue].filter((name) => name !== undefined && name !== blueNameOf(name));
  const score = (it: Deployment) => namesOf(it).reduce((sum, name) => sum + (named.includes(name) ? weight(name) : 0), 0);
  return concerned.sort((a, b) => score(b) - score(a) || createdAt(b) - createdAt(a))[0];
}

const INDEX = new WeakMap<readonly Deployment[], Map<string, Deployment[]>>();

/** The deployments that list a name or the one that it was made from, without looking at each of a thousand for each event. */
function havingName(name: string, deployments: readonly Deployment[]): Deployment[] {
  let index = INDEX.get(deployments);
  if (!index) {
    index = new Map();
    for (const deployment of deployments) for (const it of namesOf(deployment)) index.set(it, [...(index.get(it) ?? []), deployment]);
    INDEX.set(deployments, index);
  }
  return [...new Set([name, blueNameOf(name)].flatMap((it) => index.get(it) ?? []))];
}

/** A green name is unique, so it decides; RDS reuses `-old1` once the first old blue is deleted. */
const weight = (name: string): number => (isGreenName(name) ? 10 : 1);

/** The side of the deployment that an event comes from, by the database's name at that time; undefined if it is on neither. */
export function sideOf(event: RdsEvent, deployment: Deployment): Side | undefined {
  const kind = KIND_OF[event.sourceType];
  const name = event.sourceIdentifier;
  const pairs = pairsOf(deployment);
  const source = pairs.find((pair) => isNamed(pair.source, kind, name));
  if (source) return isSwitched(source) ? "old blue" : "blue";
  const target = pairs.find((pair) => isNamed(pair.target, kind, name));
  if (target) return isSwitched(target) && !isGreenName(name) ? "new blue" : "green";
  const base = blueNameOf(name);
  if (base === name || !pairs.some((pair) => isNamed(pair.source, kind, base) || isNamed(pair.target, kind, base))) return undefined;
  return isGreenName(name) ? "green" : "old blue";
}

/** True once RDS calls the deployment switched over, or its own pair has swapped names, even while the API says DELETING or IN_PROGRESS. */
export function hasSwitched(deployment: Deployment): boolean {
  return deployment.status === "SWITCHOVER_COMPLETED" || isExchanged(deployment);
}

/** True if a pair's names have changed hands: the source is called as the target is, with `-old1`. */
export function isExchanged({ source, target }: Pair): boolean {
  if (source === undefined || target === undefined) return false;
  const before = rdsName(source).name;
  return OLD.test(before) && before.replace(OLD, "") === rdsName(target).name;
}

const OLD = /-old\d+$/;

/** Members can end differently, so each pair says so itself. */
const isSwitched = (pair: Pair): boolean => pair.status === "SWITCHOVER_COMPLETED" || isExchanged(pair);

function fits(deployment: Deployment, kind: string, name: string): boolean {
  const base = blueNameOf(name);
  const is = (arn: string | undefined, wanted: string) => isNamed(arn, kind, wanted);
  return pairsOf(deployment).some(({ source, target }) => {
    if (is(source, name) || is(target, name)) return true;
    // The API lists green's name only between its creation and its rename to blue's, and `X-old1` only after the rename.
    if (isGreenName(name)) return is(target, base) || (is(source, base) && target === undefined);
    return base !== name && is(source, base);
  });
}

function isNamed(arn: string | undefined, kind: string | undefined, name: string): boolean {
  return arn !== undefined && kind !== undefined && arn.endsWith(`:${kind}:${name}`);
}

function existedAt(deployment: Deployment, date: string): boolean {
  return createdAt(deployment) <= Date.parse(date) + CLOCK_SKEW_MS;
}

const createdAt = (deployment: Deployment): number => (deployment.createTime ? Date.parse(deployment.createTime) : 0);

interface Pair {
  source?: string;
  target?: string;
  status?: string;
}

/** The deployment's own pair, then its members'. */
function pairsOf({ source, target, members }: Deployment): Pair[] {
  const own = members.find((member) => member.source === source);
  return [own ?? { source, target }, ...members];
}

function namesOf(deployment: Deployment): string[] {
  const arns = pairsOf(deployment).flatMap(({ source, target }) => [source, target]);
  return [...new Set(arns.filter((arn) => arn !== undefined).map((arn) => rdsName(arn).name))];
}
