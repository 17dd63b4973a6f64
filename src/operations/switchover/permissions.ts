import type { Permission } from "../permission.ts";

/**
 * What the switchover function may do; it cannot delete or create anything.
 *
 * Blue is renamed as well as green, so names cannot limit what it may modify. Source: Aurora and RDS User Guides,
 * blue-green-deployments-authorizing-access.
 */
export const SWITCHOVER_PERMISSIONS: readonly Permission[] = [
  { sid: "ReadEvents", actions: ["rds:DescribeEvents"], on: "everything" },
  // Source: Service Authorization Reference, CloudWatch: GetMetricData takes no resource.
  { sid: "ReadLag", actions: ["cloudwatch:GetMetricData"], on: "everything" },
  { sid: "SwitchDeploymentsOver", actions: ["rds:SwitchoverBlueGreenDeployment"], on: { kinds: ["deployment"], names: "every" } },
  {
    sid: "RenameClusters",
    actions: ["rds:ModifyDBCluster", "rds:PromoteReadReplicaDBCluster"],
    on: { kinds: ["cluster"], names: "every" },
  },
  { sid: "RenameInstances", actions: ["rds:ModifyDBInstance", "rds:PromoteReadReplica"], on: { kinds: ["db"], names: "every" } },
];
