import type { BlueGreenDeployment, DBCluster, DBClusterEndpoint, DBInstance } from "@aws-sdk/client-rds";
import type { ClusterEndpoint, Database, Deployment, ReadReplication } from "../../deployments/deployment.ts";
import { configurationOfCluster, configurationOfInstance } from "./describe/configuration.ts";

/** A deployment in the guard's form. Every field of the API's answer is optional, and a new deployment has no target yet. */
export function deploymentFrom(answer: BlueGreenDeployment): Deployment {
  return {
    id: answer.BlueGreenDeploymentIdentifier ?? "",
    name: answer.BlueGreenDeploymentName ?? answer.BlueGreenDeploymentIdentifier ?? "",
    status: answer.Status ?? "",
    statusDetails: answer.StatusDetails || undefined,
    source: answer.Source ?? "",
    target: answer.Target || undefined,
    members: (answer.SwitchoverDetails ?? []).map((it) => ({
      source: it.SourceMember || undefined,
      target: it.TargetMember || undefined,
      status: it.Status || undefined,
    })),
    tasks: (answer.Tasks ?? []).map((it) => ({ name: it.Name ?? "", status: it.Status ?? "" })),
    createTime: answer.CreateTime?.toISOString(),
    tags: Object.fromEntries((answer.TagList ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""])),
  };
}

/** A cluster in the guard's form. */
export function databaseOfCluster(cluster: DBCluster): Database {
  const group = cluster.DBClusterParameterGroup;
  return {
    kind: "cluster",
    arn: cluster.DBClusterArn ?? "",
    identifier: cluster.DBClusterIdentifier ?? "",
    resourceId: cluster.DbClusterResourceId,
    engine: cluster.Engine ?? "",
    engineVersion: cluster.EngineVersion ?? "",
    status: cluster.Status ?? "",
    parameterGroups: group ? [{ name: group }] : [],
    endpoint: cluster.Endpoint,
    percentProgress: cluster.PercentProgress || undefined,
    configuration: configurationOfCluster(cluster),
  };
}

/** An instance in the guard's form. */
export function databaseOfInstance(instance: DBInstance): Database {
  return {
    kind: "instance",
    arn: instance.DBInstanceArn ?? "",
    identifier: instance.DBInstanceIdentifier ?? "",
    resourceId: instance.DbiResourceId,
    engine: instance.Engine ?? "",
    engineVersion: instance.EngineVersion ?? "",
    status: instance.DBInstanceStatus ?? "",
    parameterGroups: (instance.DBParameterGroups ?? []).map((group) => ({
      name: group.DBParameterGroupName ?? "",
      status: group.ParameterApplyStatus,
    })),
    endpoint: instance.Endpoint?.Address,
    cluster: instance.DBClusterIdentifier || undefined,
    percentProgress: instance.PercentProgress || undefined,
    readReplication: readReplicationOf(instance),
    configuration: configurationOfInstance(instance),
  };
}

function readReplicationOf({ StatusInfos }: DBInstance): ReadReplication | undefined {
  const info = StatusInfos?.find(({ StatusType }) => StatusType === "read replication");
  return info?.Status ? { status: info.Status, message: info.Message || undefined } : undefined;
}

/** A custom endpoint in the guard's form. */
export function clusterEndpointFrom(endpoint: DBClusterEndpoint): ClusterEndpoint {
  return {
    arn: endpoint.DBClusterEndpointArn ?? "",
    identifier: endpoint.DBClusterEndpointIdentifier ?? "",
    status: endpoint.Status ?? "",
    cluster: endpoint.DBClusterIdentifier ?? "",
    instances: [...(endpoint.StaticMembers ?? [])].sort(),
  };
}
