/** What the guard does about a deployment whose replication is degraded: tell, tell and offer to recreate it, or recreate it by itself. */
export const ON_DEGRADED = ["notify", "ask", "recreate"] as const;
export type OnDegraded = (typeof ON_DEGRADED)[number];

/** The tag of a deployment that says it for this one. */
export const ON_DEGRADED_TAG = "bluegreen-guard:on-degraded";

/**
 * What holds for a deployment: the setting, or its own tag where that asks for less, and for more only where `tagMayRaise`.
 *
 * A tag with another value is no word at all.
 */
export function onDegradedOf(
  { tags }: { tags: Record<string, string> },
  { onDegraded, tagMayRaise }: { onDegraded: OnDegraded; tagMayRaise: boolean },
): OnDegraded {
  const tag = ON_DEGRADED.find((it) => it === tags[ON_DEGRADED_TAG]);
  if (tag === undefined) return onDegraded;
  const raises = ON_DEGRADED.indexOf(tag) > ON_DEGRADED.indexOf(onDegraded);
  return raises && !tagMayRaise ? onDegraded : tag;
}
