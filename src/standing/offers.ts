import type { Judged } from "./judged.ts";

/** What the guard offers a person to do; a name in its list of operations. */
export type Offer = "switchover" | "recreate";

/** True if a deletion with green may be advised at all: nothing was or is being switched, and every name leads to blue. */
export function mayDeleteGreen({
  exists,
  phase,
  production,
  members,
}: Pick<Judged, "exists" | "phase" | "production" | "members">): boolean {
  return exists && phase !== "switching-over" && production === "blue" && members.every(({ outcome }) => outcome !== "switched");
}

/** What is possible now and helps; nothing while an operation is under way, or the policy is about to begin one. */
export function offersOf(standing: Judged): Offer[] {
  const { phase, status, operation, policy, missing, obstacles, replication } = standing;
  const isBusy = operation !== undefined && operation.failed === undefined;
  if (isBusy || (policy && policy.state !== "asking") || !mayDeleteGreen(standing)) return [];
  const recreate: Offer[] = missing.length === 0 ? ["recreate"] : [];
  if (phase === "ready") return ["switchover"];
  if (phase === "degraded") return recreate;
  if (phase !== "failed") return [];
  const isTriedAgain = status === "SWITCHOVER_FAILED" && obstacles.length === 0 && replication.state !== "degraded";
  return isTriedAgain ? ["switchover", ...recreate] : recreate;
}
