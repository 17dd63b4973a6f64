import type { Deployment } from "../deployments/deployment.ts";
import type { Ending } from "./ending.ts";
import type { MemberStanding } from "./members.ts";
import type { Obstacle } from "./obstacles.ts";
import type { ReplicationState } from "./replication.ts";

/** Where a deployment stands, in the guard's words; `unknown` for a status that the guard does not know. */
export type Phase =
  | "provisioning"
  | "waiting"
  | "ready"
  | "degraded"
  | "recreating"
  | "switching-over"
  | "switched-over"
  | "partly-switched-over"
  | "failed"
  | "deleted"
  | "unknown";

const BY_STATUS: Record<string, Phase> = {
  SWITCHOVER_FAILED: "failed",
  INVALID_CONFIGURATION: "failed",
  DELETING: "deleted",
};

/** What the phase is derived from. */
export interface PhaseInput {
  /** Undefined once RDS does not know it. */
  deployment?: Deployment;
  members: readonly MemberStanding[];
  ending?: Ending;
  replication: ReplicationState;
  obstacles: readonly Obstacle[];
  /** True if an event or a task says that green could not be built. */
  creationFailed: boolean;
  /** The guard's own operation that replaces the deployment; `failed` if that left it deleted. */
  recreating?: "under way" | "failed";
}

/** Derives a deployment's phase. Source of the statuses: RDS API, `BlueGreenDeployment.Status` and `SwitchoverDetail.Status`. */
export function phaseOf({ deployment, members, ending, replication, obstacles, creationFailed, recreating }: PhaseInput): Phase {
  if (recreating) return recreating === "failed" ? "failed" : "recreating";
  if (!deployment || deployment.status === "DELETING") return "deleted";
  if (ending) return ending;
  const { status } = deployment;
  if (status !== "AVAILABLE" && status !== "PROVISIONING") return BY_STATUS[status] ?? "unknown";
  if (creationFailed) return "failed";
  if (replication === "degraded" || replication === "terminated") return "degraded";
  if (members.some(({ outcome }) => outcome === "missing" || outcome === "failed")) return "failed";
  if (status === "AVAILABLE" && obstacles.length === 0) return "ready";
  // A member whose status no waiting heals is not being built.
  const isBuilt = obstacles.every(({ code, heals }) => AFTER_BUILDING.has(code) || (code === "member" && !heals));
  return status === "AVAILABLE" && isBuilt ? "waiting" : "provisioning";
}

/** What can be in the way although green is built. */
const AFTER_BUILDING: ReadonlySet<Obstacle["code"]> = new Set(["database", "database-not-found", "replication", "production"]);
