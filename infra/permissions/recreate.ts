import { Aws, Stack } from "aws-cdk-lib";
import type { IRole, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { allow, READ_KINDS, rdsArn, rdsFinding } from "./permissions.ts";

/** What decides what the recreate function may change. */
export interface RecreatePermissionsProps {
  /** The recreate function's own role. */
  role: IRole;
  /** Patterns of the names of what RDS may modify and delete for the guard. */
  greenNames: readonly string[];
  /** ARNs of the roles that green's Enhanced Monitoring is given. */
  monitoringRoleArns: string[];
}

const GROUP_KINDS = ["cluster-pg", "pg"] as const;
// What the creation of a cluster, an instance, a replica or an endpoint names. Source: Service Authorization Reference, Amazon RDS.
const CREATED_KINDS = [...READ_KINDS, "cluster-endpoint", ...GROUP_KINDS, "og", "subgrp", "secgrp"] as const;
const GREEN_KINDS = ["cluster", "db", "cluster-endpoint"] as const;

/** What the recreate function may do besides what every function may; docs/permissions.md says why, action by action. */
export function recreatePermissions(scope: Construct, props: RecreatePermissionsProps): PolicyStatement[] {
  return [...configurationPermissions(scope), ...creationPermissions(scope, props), ...greenPermissions(scope, props)];
}

/** What preflight and the confirmation of a degradation read; what has no resource in IAM is read on all. */
export function configurationPermissions(scope: Construct): PolicyStatement[] {
  return [
    allow("ReadEventsAndVersions", ["rds:DescribeEvents", "rds:DescribeDBEngineVersions"], ["*"]),
    allow("ReadClusterGroups", ["rds:DescribeDBClusterParameterGroups", "rds:DescribeDBClusterParameters"], [rdsArn(scope, "cluster-pg")]),
    allow("ReadGroups", ["rds:DescribeDBParameterGroups", "rds:DescribeDBParameters"], [rdsArn(scope, "pg")]),
  ];
}

/**
 * What CreateBlueGreenDeployment needs, on names that RDS makes up and IAM cannot know.
 *
 * Source: Aurora and RDS User Guides, blue-green-deployments-authorizing-access: "Only wildcards (*) are supported".
 */
function creationPermissions(scope: Construct, { role, monitoringRoleArns }: RecreatePermissionsProps): PolicyStatement[] {
  const databases = ["rds:CreateDBCluster", "rds:CreateDBInstance", "rds:CreateDBInstanceReadReplica", "rds:CreateDBClusterEndpoint"];
  const create = ["rds:CreateBlueGreenDeployment", ...databases, "rds:AddTagsToResource"];
  const pass = allow("PassMonitoringRoles", ["iam:PassRole"], monitoringRoleArns, {
    StringEquals: { "iam:PassedToService": "rds.amazonaws.com" },
  });
  const keys = Stack.of(scope).formatArn({ service: "kms", resource: "key", resourceName: "*" });
  return [
    allow(
      "CreateDeployments",
      create,
      CREATED_KINDS.map((kind) => rdsArn(scope, kind)),
    ),
    ...(monitoringRoleArns.length > 0 ? [pass] : []),
    allow("UseDatabaseKeys", ["kms:CreateGrant", "kms:DescribeKey"], [keys], {
      StringEquals: { "kms:ViaService": `rds.${Aws.REGION}.${Aws.URL_SUFFIX}` },
    }),
    allow("AskWhatItMayDo", ["iam:SimulatePrincipalPolicy"], [role.roleArn]),
  ];
}

/** What deletes and modifies: nothing but green, so that IAM holds it even where the guard itself is wrong. */
function greenPermissions(scope: Construct, { greenNames }: RecreatePermissionsProps): PolicyStatement[] {
  const green = (kind: (typeof GREEN_KINDS)[number]) => greenNames.map((name) => rdsArn(scope, kind, name));
  const ofCluster = ["rds:DeleteDBCluster", "rds:ModifyDBCluster", "rds:PromoteReadReplicaDBCluster"];
  const ofInstance = ["rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:PromoteReadReplica"];
  return [
    allow("DeleteDeployments", ["rds:DeleteBlueGreenDeployment"], [rdsArn(scope, "deployment")]),
    allow("ChangeGreenClusters", ofCluster, green("cluster")),
    allow("ChangeGreenInstances", ofInstance, green("db")),
    allow("DeleteGreenEndpoints", ["rds:DeleteDBClusterEndpoint"], green("cluster-endpoint")),
  ];
}

/** Why cdk-nag may find wildcards in these statements. */
export function recreateWildcards(greenNames: readonly string[]): { id: string; reason: string }[] {
  const created = CREATED_KINDS.filter((kind) => !READ_KINDS.some((it) => it === kind)).map((kind) => ({
    id: rdsFinding(kind),
    reason: `RDS makes up the names of what it creates, and takes no pattern for them: it may name any ${kind} of the account and region.`,
  }));
  const green = GREEN_KINDS.flatMap((kind) =>
    greenNames.map((name) => ({
      id: rdsFinding(kind, name),
      reason: `RDS gives green its name when it creates it; of every ${kind} nothing else may be modified or deleted.`,
    })),
  );
  const keys = {
    id: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/*]",
    reason: "Which keys the databases use is not known before; the condition lets nobody use them but RDS on the guard's behalf.",
  };
  return [...created, ...green, keys];
}
