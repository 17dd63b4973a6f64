import { announce, type ControlPlane } from "./control-plane.ts";
import { existingDeployment } from "./describe/describe.ts";
import { fallBehind, follow } from "./following.ts";
import { greensOf } from "./green.ts";

/**
 * Somebody deletes an instance of green by hand: it is gone, its pair is MISSING_TARGET, and no event of the deployment says so.
 *
 * Source: RDS API, `SwitchoverDetail.Status`. That TargetMember is empty from then on is the lab's own choice: AWS does not say.
 *
 * @throws Error if no deployment has such a green instance.
 */
export function deleteGreenInstance(control: ControlPlane, identifier: string): void {
  const members = control.store.deployments.flatMap((deployment) => deployment.members);
  const member = members.find(({ target }) => target?.kind === "db" && target.identifier === identifier);
  if (!member?.target) throw new Error(`No blue/green deployment of the lab has a green instance ${identifier}: name one that exists.`);
  control.store.remove(member.target);
  announce(control, member.target, "DB instance deleted");
  member.target = undefined;
  member.status = "MISSING_TARGET";
}

/**
 * RDS finds a deployment's green invalid: INVALID_CONFIGURATION with `details`, and no event says so.
 *
 * @throws RdsError if there is no such deployment.
 */
export function invalidate(control: ControlPlane, deploymentIdentifier: string, details: string): void {
  const deployment = existingDeployment(control, deploymentIdentifier);
  deployment.status = "INVALID_CONFIGURATION";
  deployment.statusDetails = details;
}

/**
 * Green stops following blue, for example by a change on green that blue's next row does not fit; RDS cancels a switchover until it follows
 * again.
 *
 * Source: RDS User Guide, blue-green-deployments-best-practices (changes that break replication) and -switching (replication health).
 *
 * @throws RdsError if there is no such deployment.
 */
export function stopReplication(control: ControlPlane, deploymentIdentifier: string): void {
  tellOfReplication(control, deploymentIdentifier, true, "Replication has stopped.");
}

/** Green follows blue again. @throws RdsError if there is no such deployment. */
export function resumeReplication(control: ControlPlane, deploymentIdentifier: string): void {
  tellOfReplication(control, deploymentIdentifier, false, "Replication for the Read Replica resumed");
}

function tellOfReplication(control: ControlPlane, deploymentIdentifier: string, stopped: boolean, message: string): void {
  const deployment = existingDeployment(control, deploymentIdentifier);
  const green = greensOf(deployment).find(({ kind }) => kind === "db");
  deployment.replicationStopped = stopped;
  if (stopped) fallBehind(control, deployment);
  else follow(control, deployment);
  if (green) announce(control, green, message);
}
