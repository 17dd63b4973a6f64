import { Aws, Stack } from "aws-cdk-lib";
import type { IRole, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { type Permission, RDS_KINDS, type RdsKind } from "../../src/operations/permission.ts";
import { allow, READ_KINDS, rdsArn, rdsFinding } from "./permissions.ts";

/** What the policy statements of an operation's permissions depend on. */
export interface PermissionScope {
  /** The function's own role. */
  role: IRole;
  /** Name patterns of what RDS may modify and delete for the guard. */
  greenNames: readonly string[];
  /** ARNs of the roles that the guard may pass on to green for Enhanced Monitoring; if omitted, the one that the console makes. */
  monitoringRoleArns?: string[];
}

/**
 * Returns the policy statements for an operation's permissions; read-only ones need nothing but the scope.
 *
 * @throws Error for a permission on the function's own role if `of` has no role
 */
export function statementsOf(scope: Construct, permissions: readonly Permission[], of: Partial<PermissionScope> = {}): PolicyStatement[] {
  return permissions.map((permission) => statementOf(scope, permission, of)).filter((it) => it !== undefined);
}

function statementOf(scope: Construct, permission: Permission, of: Partial<PermissionScope>): PolicyStatement | undefined {
  const { sid, on } = permission;
  const { role, greenNames = [], monitoringRoleArns = [consoleRole(scope)] } = of;
  const actions = [...permission.actions];
  switch (on) {
    case "everything":
      return allow(sid, actions, ["*"]);
    case "monitoring-roles":
      return monitoringRoleArns.length === 0 ? undefined : allow(sid, actions, monitoringRoleArns, PASSED_TO_RDS);
    case "database-keys":
      return allow(sid, actions, [Stack.of(scope).formatArn({ service: "kms", resource: "key", resourceName: "*" })], VIA_RDS);
    case "own-role":
      if (!role) throw new Error(`The permission ${sid} is on the function's own role, and there is none.`);
      return allow(sid, actions, [role.roleArn]);
    default: {
      const names = on.names === "green" ? greenNames : ["*"];
      const arns = on.kinds.flatMap((kind) => names.map((name) => rdsArn(scope, kind, name)));
      return allow(sid, actions, arns);
    }
  }
}

/** Source: RDS User Guide, "Setting up and enabling Enhanced Monitoring". */
const consoleRole = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: "iam", region: "", resource: "role", resourceName: "rds-monitoring-role" });

const PASSED_TO_RDS = { StringEquals: { "iam:PassedToService": "rds.amazonaws.com" } };
const VIA_RDS = { StringEquals: { "kms:ViaService": `rds.${Aws.REGION}.${Aws.URL_SUFFIX}` } };

/** The wildcards that cdk-nag finds in these statements, each with a reason; those of every function are not among them. */
export function wildcardsOf(permissions: readonly Permission[], greenNames: readonly string[]): { id: string; reason: string }[] {
  const kindsOn = (names: "every" | "green"): RdsKind[] =>
    RDS_KINDS.filter((kind) => permissions.some(({ on }) => typeof on === "object" && on.names === names && on.kinds.includes(kind)));
  const snapshots = {
    id: rdsFinding("cluster-snapshot"),
    reason:
      "IAM asks for a cluster's snapshots too when the cluster is deleted; which clusters, their own names limit, and no snapshot is deleted.",
  };
  const created = kindsOn("every")
    .filter((kind) => kind !== "cluster-snapshot" && !READ_KINDS.some((it) => it === kind))
    .map((kind) => ({
      id: rdsFinding(kind),
      reason: `RDS makes up the names of what it creates, and takes no pattern for them: it may name any ${kind} of the account and region.`,
    }));
  const green = kindsOn("green").flatMap((kind) =>
    greenNames.map((name) => ({
      id: rdsFinding(kind, name),
      reason: `RDS gives green its name when it creates it; of every ${kind} nothing else may be modified or deleted.`,
    })),
  );
  const keys = {
    id: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/*]",
    reason: "Which keys the databases use is not known before; the condition lets nobody use them but RDS on the guard's behalf.",
  };
  const deleted = kindsOn("every").includes("cluster-snapshot") ? [snapshots] : [];
  return [...created, ...green, ...deleted, ...(permissions.some(({ on }) => on === "database-keys") ? [keys] : [])];
}
