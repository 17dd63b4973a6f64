import { type Permission, RDS_KINDS } from "../permission.ts";

/** What preflight and the confirmation of a degradation read: everything that plans a recreation needs it. */
export const PLANNING_PERMISSIONS: readonly Permission[] = [
  { sid: "ReadEventsAndVersions", actions: ["rds:DescribeEvents", "rds:DescribeDBEngineVersions"], on: "everything" },
  {
    sid: "ReadClusterGroups",
    actions: ["rds:DescribeDBClusterParameterGroups", "rds:DescribeDBClusterParameters"],
    on: { kinds: ["cluster-pg"], names: "every" },
  },
  { sid: "ReadGroups", actions: ["rds:DescribeDBParameterGroups", "rds:DescribeDBParameters"], on: { kinds: ["pg"], names: "every" } },
];

/**
 * What the recreate function may do.
 *
 * CreateBlueGreenDeployment needs names that RDS makes up and IAM cannot know: "Only wildcards (*) are supported". Source: Aurora and RDS
 * User Guides, blue-green-deployments-authorizing-access. It may delete and modify databases with green's names only, so that IAM restrains
 * the guard even if the guard itself is wrong.
 */
export const RECREATE_PERMISSIONS: readonly Permission[] = [
  ...PLANNING_PERMISSIONS,
  {
    sid: "CreateDeployments",
    actions: [
      "rds:CreateBlueGreenDeployment",
      "rds:CreateDBCluster",
      "rds:CreateDBInstance",
      "rds:CreateDBInstanceReadReplica",
      "rds:CreateDBClusterEndpoint",
      "rds:AddTagsToResource",
    ],
    // The resources named in creating a cluster, instance, replica or endpoint. Source: Service Authorization Reference, Amazon RDS.
    on: { kinds: RDS_KINDS.filter((kind) => kind !== "cluster-snapshot"), names: "every" },
  },
  { sid: "PassMonitoringRoles", actions: ["iam:PassRole"], on: "monitoring-roles" },
  { sid: "UseDatabaseKeys", actions: ["kms:CreateGrant", "kms:DescribeKey"], on: "database-keys" },
  { sid: "AskWhatItMayDo", actions: ["iam:SimulatePrincipalPolicy"], on: "own-role" },
  { sid: "DeleteDeployments", actions: ["rds:DeleteBlueGreenDeployment"], on: { kinds: ["deployment"], names: "every" } },
  {
    sid: "ChangeGreenClusters",
    actions: ["rds:DeleteDBCluster", "rds:ModifyDBCluster", "rds:PromoteReadReplicaDBCluster"],
    on: { kinds: ["cluster"], names: "green" },
  },
  {
    // To delete a cluster needs both of its resource types, also without a final snapshot; this alone deletes neither cluster nor snapshot.
    // Source: Service Authorization Reference, Amazon RDS, DeleteDBCluster.
    sid: "DeleteGreenClusters",
    actions: ["rds:DeleteDBCluster"],
    on: { kinds: ["cluster-snapshot"], names: "every" },
  },
  {
    sid: "ChangeGreenInstances",
    actions: ["rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:PromoteReadReplica"],
    on: { kinds: ["db"], names: "green" },
  },
  { sid: "DeleteGreenEndpoints", actions: ["rds:DeleteDBClusterEndpoint"], on: { kinds: ["cluster-endpoint"], names: "green" } },
];
