import type { ControlPlane, NextSwitchover } from "../control-plane.ts";
import { isPair, pairsOf } from "../progress.ts";
import type { CustomEndpoint, Database, Deployment, Pair } from "../state.ts";

/** What a switchover makes of one pair. */
export interface Part {
  readonly pair: Pair<Database | CustomEndpoint>;
  /** Set if the pair is not switched over. */
  readonly failure?: { readonly reason?: string };
  /** Milliseconds by which it comes after the writer's pair. */
  readonly delay: number;
}

/** What becomes of each pair, in the order of SwitchoverDetails. @throws Error if a pair that is to fail does not exist. */
export function partsOf(deployment: Deployment, { fails = [], readersLater = 0 }: NextSwitchover): Part[] {
  const pairs = pairsOf(deployment);
  const unknown = fails.find(({ name }) => !pairs.some(({ source }) => source.identifier === name));
  if (unknown) throw new Error(`Deployment ${deployment.identifier} has no member ${unknown.name}: name one of blue's.`);
  const instances = pairs.filter(({ source }) => source.kind === "db");
  return pairs.map((pair) => ({
    pair,
    failure: fails.find(({ name }) => name === pair.source.identifier),
    delay: Math.max(0, instances.indexOf(pair)) * readersLater * 1_000,
  }));
}

/**
 * Green takes blue's names and tags, blue becomes `-old<n>`; the resource ids stay where they are. That custom endpoints, which are members
 * (AWS CLI reference, describe-blue-green-deployments, examples), change names alike is inferred: nobody can rename one by the API.
 */
export function handOver({ store }: ControlPlane, pair: Part["pair"]): void {
  const { source, target } = pair;
  if (target === undefined || !isPair(pair)) return;
  const all = [...store.clusters, ...store.instances, ...store.endpoints];
  const names = new Set(all.filter(({ kind }) => kind === source.kind).map(({ identifier }) => identifier));
  const production = source.identifier;
  let number = 1;
  while (names.has(`${production}-old${number}`)) number += 1;
  pair.switched = true;
  source.identifier = `${production}-old${number}`;
  target.identifier = production;
  if ("tags" in source && "tags" in target) target.tags = { ...source.tags };
}

/** Sets how the pair ended in SwitchoverDetails; a missing one stays missing. */
export function settle({ pair, failure }: Part): void {
  if (pair.status?.startsWith("MISSING_")) return;
  pair.status = failure ? "SWITCHOVER_FAILED" : "SWITCHOVER_COMPLETED";
}
