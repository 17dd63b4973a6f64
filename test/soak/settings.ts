import type { OnDegraded } from "../../src/plans/on-degraded.ts";
import type { HiddenGuard } from "../support/simulation/hidden/guard.ts";

const ORDER: readonly (OnDegraded | undefined)[] = ["notify", "ask", "recreate"];
const TAG = "bluegreen-guard:on-degraded";

/** Since when tag and kept setting have asked for less than a recreation without a person; undefined if they do not. */
export function lessSince(id: string, { worlds, outside }: HiddenGuard, tagMayRaise: boolean): number | undefined {
  const kept = outside.items.get("policy")?.item as { onDegraded?: OnDegraded; keptAt?: number } | undefined;
  const world = worlds.find(({ truth }) => truth.deployments.some((it) => it.id === id));
  if (!world) return undefined;
  const tagAt = (truth: (typeof world)["truth"]) => truth.deployments.find((it) => it.id === id)?.tags[TAG] as OnDegraded | undefined;
  const setting = kept?.onDegraded ?? "recreate";
  const tag = tagAt(world.truth);
  const rank = ORDER.indexOf(setting);
  const isRaised = tag !== undefined && ORDER.indexOf(tag) > rank;
  const applies = tag === undefined || (isRaised && !tagMayRaise) ? setting : tag;
  if (applies === "recreate") return undefined;
  const other = world.past.findLast(({ truth }) => tagAt(truth) !== tag);
  const tagSince = other ? (world.past[world.past.indexOf(other) + 1]?.at ?? world.now) : 0;
  return Math.max(tagSince, keptSince.get(outside) ?? 0);
}

/** When the kept setting was last written, by what keeps it. */
export const keptSince = new WeakMap<object, number>();
