import { isBuilt } from "./built.ts";
import type { Deployment } from "./deployment.ts";

/** The state of a deployment, in the guard's words. */
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

/** What the guard knows that the API does not say. */
export interface Reported {
  degraded: boolean;
  creationFailed: boolean;
  /** The guard's own operation on it; `failed` if that left the deployment deleted. */
  recreating?: "under way" | "failed";
}

/**
 * Derives a deployment's phase from the API's answer (undefined if it is gone) and from what was reported.
 *
 * A degraded deployment can show AVAILABLE or PROVISIONING, since the API has no status for it. A status that the guard does not know is
 * "unknown". A deleted member makes the deployment "failed". Source: RDS API, `BlueGreenDeployment.Status` and `SwitchoverDetail.Status`.
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

/** How many of the deployment's tasks are done, out of how many, and which task RDS is working on. */
export function progressOf(deployment: Pick<Deployment, "tasks">): { done: number; of: number; now?: string } {
  return {
    done: deployment.tasks.filter((task) => task.status === "COMPLETED").length,
    of: deployment.tasks.length,
    now: deployment.tasks.find((task) => task.status === "IN_PROGRESS")?.name,
  };
}
