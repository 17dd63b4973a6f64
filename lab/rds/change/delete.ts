import {
  type DeleteBlueGreenDeploymentRequest,
  type DeleteBlueGreenDeploymentResponse,
  InvalidBlueGreenDeploymentStateFault$,
} from "@aws-sdk/client-rds";
import { announce, type ControlPlane } from "../control-plane.ts";
import { existingDeployment } from "../describe/describe.ts";
import { deploymentView } from "../describe/views.ts";
import { fault, invalidCombination } from "../errors.ts";
import { greensOf } from "../green.ts";
import { type CustomEndpoint, type Database, type Deployment, primaryOf } from "../state.ts";
import { play, type Step } from "../timelines/timeline.ts";

const MINUTE = 60_000;

/**
 * DeleteBlueGreenDeployment: DELETING immediately. With DeleteTarget, green's instances, then its cluster and then the deployment are gone
 * after 12 minutes; without it, or after a switchover, only the deployment object. The article recorded none of this: all times are the
 * lab's own.
 */
export function deleteDeployment(control: ControlPlane, request: DeleteBlueGreenDeploymentRequest): DeleteBlueGreenDeploymentResponse {
  const deployment = existingDeployment(control, request.BlueGreenDeploymentIdentifier);
  const switched = deployment.status === "SWITCHOVER_COMPLETED" || deployment.members.some((member) => member.switched);
  check(deployment, request, switched);
  deployment.status = "DELETING";
  deployment.deletedAt = control.clock.now();
  const answer = { BlueGreenDeployment: deploymentView(control, deployment) };
  const kept = switched || request.DeleteTarget !== true;
  const steps = kept ? keepGreen(deployment, switched) : deleteGreen(control, deployment);
  const last: Step = { after: kept ? 2 * MINUTE + 7_331 : 11 * MINUTE + 47_213, run: () => end(control, deployment) };
  play(control, [...steps, last], () => true);
  return answer;
}

/**
 * Source: RDS API reference, DeleteBlueGreenDeployment. That a deployment which was switched over in part takes no DeleteTarget either is the
 * lab's guess: its target is production.
 */
function check(deployment: Deployment, { DeleteTarget }: DeleteBlueGreenDeploymentRequest, switched: boolean): void {
  const { identifier, status } = deployment;
  if (status === "DELETING" || status === "SWITCHOVER_IN_PROGRESS") {
    throw fault(
      InvalidBlueGreenDeploymentStateFault$,
      `Blue/green deployment ${identifier} can't be deleted because its status is ${status}.`,
    );
  }
  if (switched && DeleteTarget !== undefined) {
    throw invalidCombination(`DeleteTarget can't be specified because the status of blue/green deployment ${identifier} is ${status}.`);
  }
  const held = DeleteTarget === true ? greensOf(deployment).find(({ deletionProtection }) => deletionProtection) : undefined;
  if (held) {
    const kind = held.kind === "cluster" ? "Cluster" : "DB Instance";
    throw invalidCombination(`Cannot delete protected ${kind}, please disable deletion protection and try again.`);
  }
}

function deleteGreen(control: ControlPlane, deployment: Deployment): Step[] {
  const greens = greensOf(deployment);
  const gone = (green: Database, after: number, message: string): Step => ({
    after,
    run: () => {
      control.store.remove(green);
      announce(control, green, message);
    },
  });
  const endpoints = deployment.endpoints.flatMap(({ target }) => target ?? []);
  return [
    { after: 19_277, run: () => setStatus([...greens, ...endpoints], "deleting") },
    ...endpoints.map((endpoint) => ({ after: 5 * MINUTE + 3_407, run: () => control.store.remove(endpoint) })),
    ...greens
      .filter(({ kind }) => kind === "db")
      .map((green, index) => gone(green, 7 * MINUTE + 11_613 + index * 17_209, "DB instance deleted")),
    ...greens.filter(({ kind }) => kind === "cluster").map((green) => gone(green, 10 * MINUTE + 29_741, "DB cluster deleted")),
  ];
}

/**
 * Green that is left behind before a switchover: PostgreSQL's is promoted, becomes standalone and takes writes; MySQL's and MariaDB's goes on
 * replicating. Source: Aurora and RDS User Guides, blue-green-deployments-deleting.
 */
function keepGreen(deployment: Deployment, switched: boolean): Step[] {
  if (switched) return [];
  const { source, target: primary } = primaryOf(deployment);
  if (!source.engine.includes("postgres")) return [{ after: MINUTE, run: () => goOnReplicating(source, primary) }];
  const promote = (green: Database) => () => {
    green.acceptsWrites = green.kind === "cluster" || green.writer;
  };
  return greensOf(deployment).map((green) => ({ after: MINUTE, run: promote(green) }));
}

function goOnReplicating(blue: Database, green: Database | undefined): void {
  if (blue.kind === "db" && green?.kind === "db") green.replicaOf = blue;
}

/** Whether AWS sends the event before or after the last describe that finds the deployment is not documented. */
function end(control: ControlPlane, deployment: Deployment): void {
  control.store.remove(deployment);
  announce(control, deployment, "Blue/green deployment deleted.");
}

function setStatus(greens: readonly (Database | CustomEndpoint)[], status: string): void {
  for (const green of greens) green.status = status;
}
