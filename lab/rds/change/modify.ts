import {
  InvalidDBClusterStateFault$,
  InvalidDBInstanceStateFault$,
  type ModifyDBClusterMessage,
  type ModifyDBClusterResult,
  type ModifyDBInstanceMessage,
  type ModifyDBInstanceResult,
} from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import { existingCluster, existingInstance } from "../describe/describe.ts";
import { clusterView, instanceView } from "../describe/views.ts";
import { fault, invalidValue } from "../errors.ts";
import type { Database } from "../state.ts";

/** ModifyDBCluster, for DeletionProtection only; takes effect immediately. */
export function modifyCluster(control: ControlPlane, { DBClusterIdentifier, ...request }: ModifyDBClusterMessage): ModifyDBClusterResult {
  const cluster = existingCluster(control, DBClusterIdentifier);
  protect(cluster, request);
  return { DBCluster: clusterView(control, cluster) };
}

/** ModifyDBInstance, for DeletionProtection only; takes effect immediately. */
export function modifyInstance(
  control: ControlPlane,
  { DBInstanceIdentifier, ...request }: ModifyDBInstanceMessage,
): ModifyDBInstanceResult {
  const instance = existingInstance(control, DBInstanceIdentifier);
  protect(instance, request);
  return { DBInstance: instanceView(control, instance) };
}

function protect(database: Database, request: { DeletionProtection?: boolean; ApplyImmediately?: boolean }): void {
  const other = Object.keys(request).find((name) => name !== "DeletionProtection" && name !== "ApplyImmediately");
  if (other !== undefined) throw invalidValue(`The lab modifies DeletionProtection alone, not ${other}.`);
  if (database.status !== "available") {
    const what = `${database.kind === "cluster" ? "DbCluster" : "Database instance"} ${database.identifier} is not in available state`;
    throw fault(
      database.kind === "cluster" ? InvalidDBClusterStateFault$ : InvalidDBInstanceStateFault$,
      `${what}: it is ${database.status}.`,
    );
  }
  if (request.DeletionProtection !== undefined) database.deletionProtection = request.DeletionProtection;
}
