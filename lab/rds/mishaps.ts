import { announce, type ControlPlane } from "./control-plane.ts";
import { existingDeployment } from "./describe/describe.ts";
import { fallBehind, follow } from "./following.ts";
import { greensOf } from "./green.ts";
import type { BrokenReplication, Database } from "./state.ts";

/**
 * Somebody deletes an instance of green by hand: it is gone, its pair is MISSING_TARGET, and no event of the deployment says so.
 *
 * Source: RDS API, `SwitchoverDetail.Status`. That TargetMember is empty from then on is the lab's own choice: AWS does not say.
 *
 * @throws Error if no deployment has such a green instance.
 */
export function deleteGreenInstance(control: ControlPlane, identifier: string): void {
  const greens = control.store.deployments.flatMap(greensOf);
  const green = greens.find((it) => it.kind === "db" && it.identifier === identifier);
  if (!green) throw new Error(`No blue/green deployment of the lab has a green instance ${identifier}: name one that exists.`);
  forget(control, [green]);
  announce(control, green, "DB instance deleted");
}

/**
 * A cluster with its instances, or an instance, is gone as if by somebody's own call, and no event says so; its pair is MISSING_SOURCE or
 * MISSING_TARGET.
 *
 * @throws Error if the lab has no such database.
 */
export function removeDatabase(control: ControlPlane, identifier: string): void {
  const { store } = control;
  const database = store.cluster(identifier) ?? store.instance(identifier);
  if (!database) throw new Error(`The lab has no database ${identifier}: name one that exists.`);
  forget(control, database.kind === "cluster" ? [...store.instancesOf(database), database] : [database]);
}

function forget({ store }: ControlPlane, databases: readonly Database[]): void {
  const members = store.deployments.flatMap((deployment) => deployment.members);
  for (const gone of databases) {
    store.remove(gone);
    for (const member of members.filter(({ source }) => source === gone)) member.status = "MISSING_SOURCE";
    for (const member of members.filter(({ target }) => target === gone)) {
      member.target = undefined;
      member.status = "MISSING_TARGET";
    }
  }
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
 * again. Of an RDS instance the API shows it too.
 *
 * Source: RDS User Guide, blue-green-deployments-best-practices (changes that break replication) and -switching (replication health).
 *
 * @throws RdsError if there is no such deployment.
 */
export function stopReplication(
  control: ControlPlane,
  deploymentIdentifier: string,
  broken: BrokenReplication = { status: "stopped" },
): void {
  tellOfReplication(control, deploymentIdentifier, broken, textOf(broken));
}

/**
 * Texts of RDS-EVENT-0045 and 0057, and of an error as terraform-aws-modules/terraform-aws-notify-slack#195 quotes it, whose id is the lab's
 * guess.
 */
function textOf({ status, message }: BrokenReplication): string {
  if (status === "terminated") return "Replication streaming has been terminated.";
  return status === "error" ? `Read Replica Replication Error${message ? ` - ${message}` : ""}` : "Replication has stopped.";
}

/** Green follows blue again. @throws RdsError if there is no such deployment. */
export function resumeReplication(control: ControlPlane, deploymentIdentifier: string): void {
  tellOfReplication(control, deploymentIdentifier, undefined, "Replication for the Read Replica resumed");
}

function tellOfReplication(
  control: ControlPlane,
  deploymentIdentifier: string,
  broken: BrokenReplication | undefined,
  message: string,
): void {
  const deployment = existingDeployment(control, deploymentIdentifier);
  const green = greensOf(deployment).find(({ kind }) => kind === "db");
  deployment.replication = broken;
  if (broken) fallBehind(control, deployment);
  else follow(control, deployment);
  if (green) announce(control, green, message);
}
