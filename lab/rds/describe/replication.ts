import type { DBInstanceStatusInfo } from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import type { Deployment, Instance } from "../state.ts";

/**
 * The instance that an instance is a read replica of, if any: green of an RDS deployment follows blue until it is switched over.
 *
 * Source: the task CREATING_READ_REPLICA_OF_SOURCE in AWS's samples; that a switchover ends it, RDS User Guide,
 * blue-green-deployments-switching.
 */
export function replicationSourceOf(control: ControlPlane, instance: Instance): Instance | undefined {
  if (instance.replicaOf) return instance.replicaOf;
  const source = deploymentFollowing(control, instance)?.members[0]?.source;
  return source?.kind === "db" ? source : undefined;
}

/** The read replicas of an instance, green that follows it among them. */
export function replicasOf(control: ControlPlane, instance: Instance): Instance[] {
  const greens = control.store.deploymentsOf(instance).flatMap((deployment) => {
    const green = deployment.members[0]?.target;
    return green?.kind === "db" && replicationSourceOf(control, green) === instance ? [green] : [];
  });
  return [...new Set([...control.store.replicasOf(instance), ...greens])];
}

/**
 * How the replication of a read replica stands; nothing for the instances of an Aurora cluster, of which AWS documents none.
 *
 * Source: RDS User Guide, "Monitoring read replication": `replication degraded` also after DDL on blue of a blue/green deployment.
 */
export function replicationInfos(control: ControlPlane, instance: Instance): DBInstanceStatusInfo[] | undefined {
  if (instance.status === "creating" || !replicationSourceOf(control, instance)) return undefined;
  const { status, message } = stateOf(deploymentFollowing(control, instance));
  return [{ StatusType: "read replication", Normal: status === "replicating", Status: status, Message: message }];
}

/** The deployment of which the instance is green's primary and still follows blue. */
function deploymentFollowing({ store }: ControlPlane, instance: Instance): Deployment | undefined {
  if (instance.cluster) return undefined;
  return store.deployments.find(({ members: [primary], given }) => !given && primary?.target === instance && !primary.switched);
}

function stateOf(deployment: Deployment | undefined): { status: string; message?: string } {
  if (deployment?.replication) return deployment.replication;
  return { status: deployment?.degradedBy !== undefined && !deployment.unseenDdl ? "replication degraded" : "replicating" };
}
