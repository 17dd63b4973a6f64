import { dnsSuffixOf, rdsName } from "../../deployments/arn.ts";
import { type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Answer } from "../answer.ts";
import { type Finding, fail, judged, pass, unknown } from "../checks.ts";
import type { SettledSpec } from "../spec/settled.ts";
import type { Denied } from "./findings.ts";

/** An action that creation needs on a resource. */
export interface RequiredPermission {
  /** Such as `rds:CreateDBCluster`. */
  action: string;
  /** ARN; for a resource that does not exist yet, an ARN of the same form. */
  resource: string;
  /** Condition keys that the call will have. */
  context?: Record<string, string>;
}

/** IAM's simulated decision on a required permission. Source: IAM API, `EvaluationResult`. */
export interface PermissionDecision extends RequiredPermission {
  decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** True if a condition needs a value that was not given, which makes a denial uncertain. */
  incomplete: boolean;
}

/**
 * The IAM permissions that CreateBlueGreenDeployment needs for this spec.
 *
 * Source: Aurora and RDS User Guides, blue-green-deployments-authorizing-access; Service Authorization Reference, Amazon RDS. PassRole and
 * KMS are not in the guides' list, but Enhanced Monitoring and customer managed keys need them.
 */
export function requiredPermissions(view: DeploymentView, spec: SettledSpec): RequiredPermission[] {
  const [, partition = "aws", , region = "", account = ""] = spec.source.split(":");
  const arn = (kind: string, name: string) => `arn:${partition}:rds:${region}:${account}:${kind}:${name}`;
  const rds = (action: string, resource: string): RequiredPermission => ({ action: `rds:${action}`, resource });
  const deployment = arn("deployment", "bgd-0000000000000000");
  const sources = [...new Set([spec.source, ...view.deployment.members.map(({ source }) => source ?? spec.source)])];
  const greens = sources.map((source) => ({ ...rdsName(source), green: `${source}-green-000000` }));
  const isCluster = rdsName(spec.source).kind === "cluster";
  return [
    ...[deployment, spec.source].map((resource) => rds("CreateBlueGreenDeployment", resource)),
    ...groupArns(spec, arn).map((resource) => rds("CreateBlueGreenDeployment", resource)),
    rds("AddTagsToResource", deployment),
    ...greens.map(({ green }) => rds("AddTagsToResource", green)),
    ...greens.filter(({ kind }) => kind === "cluster").map(({ green }) => rds("CreateDBCluster", green)),
    ...(isCluster ? [rds("CreateDBClusterEndpoint", `${spec.source}-green-000000`)] : []),
    ...greens
      .filter(({ kind }) => kind === "db")
      .map(({ green }) => rds(isCluster ? "CreateDBInstance" : "CreateDBInstanceReadReplica", green)),
    ...rolesOf(view, sources),
    ...keysOf(view, spec, `rds.${region}.${dnsSuffixOf(region)}`),
  ];
}

function groupArns(spec: SettledSpec, arn: (kind: string, name: string) => string): string[] {
  const cluster = spec.targetDBClusterParameterGroupName?.value;
  return [...(cluster ? [arn("cluster-pg", cluster)] : []), arn("pg", spec.targetDBParameterGroupName.value)];
}

/** The action of whose resources a deployed guard's settings list which it may pass. */
export const PASS_ROLE = "iam:PassRole";

function rolesOf(view: DeploymentView, sources: readonly string[]): RequiredPermission[] {
  const roles = sources.map((source) => databaseAt(view, source)?.configuration?.monitoringRoleArn).filter((it) => it !== undefined);
  return [...new Set(roles)].map((resource) => ({
    action: PASS_ROLE,
    resource,
    context: { "iam:PassedToService": "rds.amazonaws.com" },
  }));
}

function keysOf(view: DeploymentView, spec: SettledSpec, viaService: string): RequiredPermission[] {
  const own = databaseAt(view, spec.source)?.configuration?.kmsKeyId;
  const given = spec.differences?.value.targetKmsKeys?.map(({ kmsKeyId }) => kmsKeyId) ?? [];
  return [...new Set([own, ...given])]
    .filter((it) => it !== undefined)
    .flatMap((resource) =>
      ["kms:DescribeKey", "kms:CreateGrant"].map((action) => ({ action, resource, context: { "kms:ViaService": viaService } })),
    );
}

/** The role can do what creation needs. A denial is unknown if the key's policy or a condition could still allow the action. */
export function checkPermissions(answer: Answer<PermissionDecision[]>): Finding {
  return judged(answer, { what: "permissions" }, (decisions) => {
    const denied = decisions.filter(({ decision }) => decision !== "allowed");
    const certain = denied.filter(
      ({ action, decision, incomplete }) => !incomplete && (decision === "explicitDeny" || !action.startsWith("kms:")),
    );
    if (certain.length > 0) return fail({ code: "permissions-denied", denied: certain.map(named) });
    if (denied.length > 0) return unknown({ code: "permissions-unsure", denied: denied.map(named) });
    return decisions.length === 0 ? unknown({ code: "permissions-silent" }) : pass({ code: "permissions-allowed" });
  });
}

const named = ({ action, resource }: PermissionDecision): Denied => ({ action, resource });
