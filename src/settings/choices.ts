export { ON_DEGRADED, type OnDegraded } from "../plans/on-degraded.ts";

/** Which deployments the guard watches: all, or those with the tag `bluegreen-guard:watch`. */
export const WATCH = ["all", "tagged"] as const;
export type Watch = (typeof WATCH)[number];
