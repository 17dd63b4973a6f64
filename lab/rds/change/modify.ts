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
  protect(control, cluster, request);
  return { DBCluster: clusterView(control, cluster) };
}

/** ModifyDBInstance, for DeletionProtection only; takes effect immediately. */
export function modifyInstance(
  control: ControlPlane,
  { DBInstanceIdentifier, ...request }: ModifyDBInstanceMessage,
): ModifyDBInstanceResult {
  const instance = existingInstance(control, DBInstanceIdentifier);
  protect(control, instance, request);
  return { DBInstance: instanceView(control, instance) };
}

function protect({ store }: ControlPlane, database: Database, request: { DeletionProtection?: boolean; ApplyImmediately?: boolean }): void {
  const other = Object.keys(request).find((name) => name !== "DeletionProtection" && name !== "ApplyImmediately");
  if (other !== undefined) throw invalidValue(`The lab modifies DeletionProtection alone, not ${other}.`);
  const schema = database.kind === "cluster" ? InvalidDBClusterStateFault$ : InvalidDBInstanceStateFault$;
  const what = `${database.kind === "cluster" ? "DbCluster" : "Database instance"} ${database.identifier}`;
  if (database.status !== "available") throw fault(schema, `${what} is not in available state: it is ${database.status}.`);
  // Source: Aurora and RDS User Guides, blue-green-deployments-switching: databases can't be modified during a switchover.
  if (store.deploymentsOf(database).some(({ status }) => status === "SWITCHOVER_IN_PROGRESS")) {
    throw fault(schema, `${what} can't be modified because its blue/green deployment is being switched over.`);
  }
  if (request.DeletionProtection !== undefined) database.deletionProtection = request.DeletionProtection;
}
