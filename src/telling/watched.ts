import type { Deployment } from "../deployments/deployment.ts";
import type { Watch } from "../settings/settings.ts";

/** The tag of a deployment that is to be watched when not all are. */
export const WATCH_TAG = "bluegreen-guard:watch";

/** True for a deployment that the setting tells the guard to watch; the tag can have any value, but "false" means no. */
export function isWatched({ tags }: Deployment, watch: Watch): boolean {
  const value = tags[WATCH_TAG];
  return watch === "all" || (value !== undefined && value !== "false");
}
