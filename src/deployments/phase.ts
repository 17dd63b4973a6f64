import { isBuilt } from "./built.ts";
import type { Deployment } from "./deployment.ts";

/** Where a deployment stands, in the guard's words. */
export type Phase =
  | "provisioning"
  | "ready"
  | "degraded"
  | "recreating"
  | "switching-over"
  | "switched-over"
  | "failed"
  | "deleted"
  | "unknown";

const BY_STATUS: Record<string, Phase> = {
  PROVISIONING: "provisioning",
  SWITCHOVER_IN_PROGRESS: "switching-over",
  SWITCHOVER_COMPLETED: "switched-over",
  SWITCHOVER_FAILED: "failed",
  INVALID_CONFIGURATION: "failed",
  DELETING: "deleted",
};

/** What the guard was told by events and the API does not say. */
export interface Reported {
  degraded: boolean;
  creationFailed: boolean;
  /** The guard's own operation on it; `failed` where it left the deployment deleted. */
  recreating?: "under way" | "failed";
}

/**
 * The phase of a deployment from the API's answer (nothing: it is gone) and from what events said.
 *
 * A degraded deployment may read AVAILABLE or PROVISIONING, since the API has no status for it; a status that is new to the guard is
 * "unknown". A member that was deleted makes it "failed". Source: RDS API, `BlueGreenDeployment.Status` and `SwitchoverDetail.Status`.
 */
export function phaseOf(deployment: Deployment | undefined, reported: Reported): Phase {
  if (reported.recreating) return reported.recreating === "failed" ? "failed" : "recreating";
  if (!deployment) return "deleted";
  if (deployment.status !== "AVAILABLE" && deployment.status !== "PROVISIONING") return BY_STATUS[deployment.status] ?? "unknown";
  if (reported.creationFailed || deployment.tasks.some((task) => task.status === "FAILED")) return "failed";
  if (reported.degraded) return "degraded";
  if (deployment.members.some((member) => member.status?.startsWith("MISSING_"))) return "failed";
  return deployment.status === "AVAILABLE" && isBuilt(deployment) ? "ready" : "provisioning";
}

/** How many of the deployment's tasks are done, of how many, and what RDS is at now. */
export function progressOf(deployment: Pick<Deployment, "tasks">): { done: number; of: number; now?: string } {
  return {
    done: deployment.tasks.filter((task) => task.status === "COMPLETED").length,
    of: deployment.tasks.length,
    now: deployment.tasks.find((task) => task.status === "IN_PROGRESS")?.name,
  };
}
