import type { DBClusterEndpoint, DBClusterEndpointMessage, DescribeDBClusterEndpointsMessage } from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import type { Cluster, CustomEndpoint } from "../state.ts";
import { existingCluster } from "./describe.ts";
import { checkFilters, paged, passes } from "./paging.ts";

const FILTERS = ["db-cluster-endpoint-type", "db-cluster-endpoint-custom-type", "db-cluster-endpoint-id", "db-cluster-endpoint-status"];

/**
 * DescribeDBClusterEndpoints: each cluster's own writer and reader endpoint, which have no name, and the custom ones.
 *
 * Source: RDS API reference, DescribeDBClusterEndpoints; its only error is about the cluster, so an endpoint that does not exist is left out.
 */
export function describeClusterEndpoints(control: ControlPlane, request: DescribeDBClusterEndpointsMessage): DBClusterEndpointMessage {
  const asked = request.DBClusterIdentifier;
  const clusters = asked === undefined ? control.store.clusters : [existingCluster(control, asked)];
  checkFilters(request.Filters, FILTERS);
  const name = request.DBClusterEndpointIdentifier?.toLowerCase();
  const found = clusters
    .flatMap((cluster) => endpointsOf(control, cluster))
    .filter(
      (endpoint) =>
        (name === undefined || endpoint.DBClusterEndpointIdentifier?.toLowerCase() === name) &&
        passes(request.Filters, {
          "db-cluster-endpoint-type": [endpoint.EndpointType],
          "db-cluster-endpoint-custom-type": [endpoint.CustomEndpointType],
          "db-cluster-endpoint-id": [endpoint.DBClusterEndpointIdentifier],
          "db-cluster-endpoint-status": [endpoint.Status],
        }),
    );
  const { page, Marker } = paged(found, ({ Endpoint = "" }) => Endpoint, request);
  return { DBClusterEndpoints: page, Marker };
}

function endpointsOf(control: ControlPlane, cluster: Cluster): DBClusterEndpoint[] {
  const own = (EndpointType: "WRITER" | "READER", part: string): DBClusterEndpoint => ({
    DBClusterIdentifier: cluster.identifier,
    Endpoint: address(control, cluster.identifier, part),
    Status: "available",
    EndpointType,
  });
  const custom = control.store.endpointsOf(cluster).map((endpoint) => customView(control, endpoint));
  return [own("WRITER", "cluster"), own("READER", "cluster-ro"), ...custom];
}

function customView(control: ControlPlane, endpoint: CustomEndpoint): DBClusterEndpoint {
  if (endpoint.given) return endpoint.given;
  const { identifier } = endpoint;
  return {
    DBClusterEndpointIdentifier: identifier,
    DBClusterIdentifier: endpoint.cluster.identifier,
    DBClusterEndpointResourceIdentifier: endpoint.resourceId,
    DBClusterEndpointArn: control.arnOf("cluster-endpoint", identifier),
    Endpoint: address(control, identifier, "cluster-custom"),
    Status: endpoint.status,
    EndpointType: "CUSTOM",
    CustomEndpointType: endpoint.type,
    StaticMembers: endpoint.members.map((instance) => instance.identifier),
    ExcludedMembers: endpoint.excluded.map((instance) => instance.identifier),
  };
}

function address({ endpointHash, region }: ControlPlane, name: string, part: string): string {
  return `${name}.${part}-${endpointHash}.${region}.rds.amazonaws.com`;
}
