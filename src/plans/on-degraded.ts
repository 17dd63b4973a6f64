/** What the guard does when a deployment's replication degrades: report it, also offer to recreate it, or recreate it automatically. */
export const ON_DEGRADED = ["notify", "ask", "recreate"] as const;
export type OnDegraded = (typeof ON_DEGRADED)[number];

/** The tag that overrides the setting for one deployment. */
export const ON_DEGRADED_TAG = "bluegreen-guard:on-degraded";

/**
 * What applies to a deployment: the setting, or its own tag if that asks for less; a tag can ask for more only with `tagMayRaise`.
 *
 * A tag with any other value is ignored.
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
