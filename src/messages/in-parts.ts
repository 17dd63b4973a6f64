import type { Standing } from "../standing/standing.ts";

/** True while members stand differently. */
export function isInParts({ phase, members }: Standing): boolean {
  return phase === "partly-switched-over" || (phase === "switching-over" && members.some(({ outcome }) => outcome === "switched"));
}
