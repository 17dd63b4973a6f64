import type { ControlPlane } from "./control-plane.ts";
import type { Deployment } from "./state.ts";

/** Green stops following blue now. */
export function fallBehind({ clock }: ControlPlane, deployment: Deployment): void {
  deployment.following = { behindFrom: clock.now() };
}

/** Green follows blue from now on, and catches up, unless DDL broke its replication or it was stopped. */
export function follow({ clock }: ControlPlane, deployment: Deployment): void {
  if (deployment.degradedBy !== undefined || deployment.replication) return;
  deployment.following = { behindFrom: deployment.following?.behindFrom ?? deployment.createdAt, followsFrom: clock.now() };
}
