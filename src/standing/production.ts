import type { MemberStanding } from "./members.ts";

/**
 * Which side is production: whose databases bear the names that blue bore when it was first recorded.
 *
 * `mixed` if members disagree, `unknown` if any name leads to neither, or no record was made in time. Anything but `blue` forbids every
 * deletion, button, printed command and way back.
 */
export type Production = "blue" | "green" | "mixed" | "unknown";

/** Which side is production, from all members. */
export function productionOf(members: readonly MemberStanding[]): Production {
  const isMixed = members.some(({ outcome }) => outcome === "switched") && members.some(({ outcome }) => outcome !== "switched");
  const bearers = new Set(members.map(({ bearer }) => bearer));
  if (isMixed || (bearers.has("blue") && bearers.has("green"))) return "mixed";
  if (bearers.size !== 1) return "unknown";
  return bearers.has("blue") ? "blue" : bearers.has("green") ? "green" : "unknown";
}
