import type { OnDegraded } from "../../src/plans/on-degraded.ts";
import type { HiddenGuard } from "../support/simulation/hidden/guard.ts";

const ORDER: readonly (OnDegraded | undefined)[] = ["notify", "ask", "recreate"];
const TAG = "bluegreen-guard:on-degraded";

/** When the kept setting was last written, by the outside that keeps it. */
export const keptSince = new WeakMap<object, number>();

/** Since when the tags that were shown and the kept setting ask for less than a recreation without a person; undefined if they do not. */
export function lessSince(shown: Record<string, string> | undefined, { outside }: HiddenGuard, tagMayRaise: boolean): number | undefined {
  const kept = outside.items.get("policy")?.item as { onDegraded?: OnDegraded } | undefined;
  const setting = kept?.onDegraded ?? "recreate";
  const tag = ORDER.find((it) => it === shown?.[TAG]);
  const isRaised = tag !== undefined && ORDER.indexOf(tag) > ORDER.indexOf(setting);
  const applies = tag === undefined || (isRaised && !tagMayRaise) ? setting : tag;
  if (applies === "recreate") return undefined;
  return setting === "recreate" ? 0 : (keptSince.get(outside) ?? 0);
}
