import { auroraMajorUpgrade } from "./aurora-major-upgrade.ts";
import type { Story } from "./story.ts";

/** Every story, in the order in which they are listed. */
export const stories: readonly Story[] = [auroraMajorUpgrade];
