import {
  BlueGreenDeploymentNotFoundFault$,
  type DBClusterMessage,
  DBClusterNotFoundFault$,
  type DBInstanceMessage,
  DBInstanceNotFoundFault$,
  type DescribeBlueGreenDeploymentsRequest,
  type DescribeBlueGreenDeploymentsResponse,
  type DescribeDBClustersMessage,
  type DescribeDBInstancesMessage,
} from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import { fault, invalidValue } from "../errors.ts";
import { type Cluster, type Deployment, type Instance, primaryOf } from "../state.ts";
import { checkFilters, paged, passes } from "./paging.ts";
import { clusterView, deploymentView, instanceView } from "./views.ts";

/** The deployment of that id. @throws RdsError BlueGreenDeploymentNotFoundFault (404); InvalidParameterValue for what cannot be an id. */
export function existingDeployment({ store }: ControlPlane, identifier = ""): Deployment {
  // Source: RDS API reference, DescribeBlueGreenDeployments: 1 to 255 characters of this pattern.
  if (!/^[A-Za-z][0-9A-Za-z-:._]{0,254}$/.test(identifier)) {
    throw invalidValue(`The parameter BlueGreenDeploymentIdentifier is not a valid identifier: ${identifier}.`);
  }
  const found = store.deployment(identifier);
  if (found === undefined) {
    throw fault(BlueGreenDeploymentNotFoundFault$, `A Blue Green Deployment with the identifier '${identifier}' doesn't exist`);
  }
  return found;
}

function asSeen(control: ControlPlane): ControlPlane {
  return { ...control, store: control.past.seen() };
}

const DEPLOYMENT_FILTERS = ["blue-green-deployment-identifier", "blue-green-deployment-name", "source", "target"];

/** DescribeBlueGreenDeployments. The filters source and target take a name or an ARN: AWS does not say which it wants. */
export function describeDeployments(now: ControlPlane, request: DescribeBlueGreenDeploymentsRequest): DescribeBlueGreenDeploymentsResponse {
  const control = asSeen(now);
  const asked = request.BlueGreenDeploymentIdentifier;
  checkFilters(request.Filters, DEPLOYMENT_FILTERS);
  const all = asked === undefined ? control.store.deployments : [existingDeployment(control, asked)];
  const found = all.filter((deployment) => {
    const { source, target } = primaryOf(deployment);
    return passes(request.Filters, {
      "blue-green-deployment-identifier": [deployment.identifier],
      "blue-green-deployment-name": [deployment.name],
      source: [source.identifier, control.arnOf(source.kind, source.identifier)],
      target: [target?.identifier, target && control.arnOf(target.kind, target.identifier)],
    });
  });
  const { page, Marker } = paged(found, ({ identifier }) => identifier, request);
  return { BlueGreenDeployments: page.map((deployment) => deploymentView(control, deployment)), Marker };
}

/** The cluster of that name or ARN. @throws RdsError DBClusterNotFoundFault (404). */
export function existingCluster({ store }: ControlPlane, identifier = ""): Cluster {
  const found = store.cluster(identifier);
  if (found === undefined) throw fault(DBClusterNotFoundFault$, `DBCluster ${identifier} not found.`);
  return found;
}

/** The instance of that name or ARN. @throws RdsError DBInstanceNotFound (404). */
export function existingInstance({ store }: ControlPlane, identifier = ""): Instance {
  const found = store.instance(identifier);
  if (found === undefined) throw fault(DBInstanceNotFoundFault$, `DBInstance ${identifier} not found.`);
  return found;
}

/** DescribeDBClusters. */
export function describeClusters(now: ControlPlane, request: DescribeDBClustersMessage): DBClusterMessage {
  const control = asSeen(now);
  const asked = request.DBClusterIdentifier;
  const one = asked === undefined ? undefined : existingCluster(control, asked);
  checkFilters(request.Filters, ["db-cluster-id", "db-cluster-resource-id", "engine"]);
  const found = (one ? [one] : control.store.clusters).filter((cluster) =>
    passes(request.Filters, {
      "db-cluster-id": [cluster.identifier, control.arnOf("cluster", cluster.identifier)],
      "db-cluster-resource-id": [cluster.resourceId],
      engine: [cluster.engine],
    }),
  );
  const { page, Marker } = paged(found, ({ identifier }) => identifier, request);
  return { DBClusters: page.map((cluster) => clusterView(control, cluster)), Marker };
}

/** DescribeDBInstances. */
export function describeInstances(now: ControlPlane, request: DescribeDBInstancesMessage): DBInstanceMessage {
  const control = asSeen(now);
  const asked = request.DBInstanceIdentifier;
  const one = asked === undefined ? undefined : existingInstance(control, asked);
  checkFilters(request.Filters, ["db-cluster-id", "db-instance-id", "dbi-resource-id", "engine"]);
  const found = (one ? [one] : control.store.instances).filter(({ identifier, cluster, resourceId, engine }) =>
    passes(request.Filters, {
      "db-cluster-id": [cluster?.identifier, cluster && control.arnOf("cluster", cluster.identifier)],
      "db-instance-id": [identifier, control.arnOf("db", identifier)],
      "dbi-resource-id": [resourceId],
      engine: [engine],
    }),
  );
  const { page, Marker } = paged(found, ({ identifier }) => identifier, request);
  return { DBInstances: page.map((instance) => instanceView(control, instance)), Marker };
}
