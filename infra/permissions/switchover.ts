import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { allow, rdsArn } from "./permissions.ts";

/**
 * What the switchover function may do besides what every function may; docs/permissions.md says why, action by action.
 *
 * It may delete and create nothing. Blue is renamed as well as green, so no name keeps what it may modify apart. Source: Aurora and RDS User
 * Guides, blue-green-deployments-authorizing-access.
 */
export function switchoverPermissions(scope: Construct): PolicyStatement[] {
  return [
    allow("ReadEvents", ["rds:DescribeEvents"], ["*"]),
    allow("SwitchDeploymentsOver", ["rds:SwitchoverBlueGreenDeployment"], [rdsArn(scope, "deployment")]),
    allow("RenameClusters", ["rds:ModifyDBCluster", "rds:PromoteReadReplicaDBCluster"], [rdsArn(scope, "cluster")]),
    allow("RenameInstances", ["rds:ModifyDBInstance", "rds:PromoteReadReplica"], [rdsArn(scope, "db")]),
  ];
}
