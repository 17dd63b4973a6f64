import { expect, it } from "vitest";
import { known } from "../../../../src/plans/answer.ts";
import type { PermissionDecision } from "../../../../src/plans/preflight/permissions.ts";
import { checkPermissions, requiredPermissions } from "../../../../src/plans/preflight/permissions.ts";
import { rdsView, refused, specFor, viewOf } from "../../../support/deployments/recreating.ts";
import { first } from "../../../support/deployments/upgrade.ts";
import { inWords } from "../../../support/finding-in-words.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
const asked = (view = viewOf()) =>
  requiredPermissions(view, specFor(view)).map(({ action, resource }) => `${action} ${resource.replace(ARN, "")}`);

it("a cluster's creation needs the actions of the guide, on blue, its groups and names like green's", () => {
  expect(asked()).toEqual([
    "rds:CreateBlueGreenDeployment :deployment:bgd-0000000000000000",
    "rds:CreateBlueGreenDeployment :cluster:db-cluster",
    "rds:CreateBlueGreenDeployment :cluster-pg:cluster-15",
    "rds:CreateBlueGreenDeployment :pg:instance-15",
    "rds:AddTagsToResource :deployment:bgd-0000000000000000",
    "rds:AddTagsToResource :cluster:db-cluster-green-000000",
    "rds:AddTagsToResource :db:db-instance-writer-green-000000",
    "rds:CreateDBCluster :cluster:db-cluster-green-000000",
    "rds:CreateDBClusterEndpoint :cluster:db-cluster-green-000000",
    "rds:CreateDBInstance :db:db-instance-writer-green-000000",
  ]);
});

it("an RDS instance's creation makes a read replica", () => {
  expect(asked(rdsView())).toContain("rds:CreateDBInstanceReadReplica :db:orders-green-000000");
  expect(asked(rdsView()).join()).not.toMatch(/CreateDBCluster|CreateDBInstance /);
});

it("Enhanced Monitoring's role is passed to RDS once, and keys are used through RDS", () => {
  const monitoringRoleArn = "arn:aws:iam::123456789012:role/monitoring";
  const view = viewOf(first(), {
    "db-cluster": { configuration: { monitoringRoleArn, kmsKeyId: "key/blue" } },
    "db-instance-writer": { configuration: { monitoringRoleArn } },
    "db-cluster-green-ak5mgh": { configuration: { kmsKeyId: "key/green" } },
  });
  const others = requiredPermissions(view, specFor(view)).filter(({ action }) => !action.startsWith("rds:"));
  const context = { "kms:ViaService": "rds.ap-northeast-1.amazonaws.com" };
  expect(others).toEqual([
    { action: "iam:PassRole", resource: monitoringRoleArn, context: { "iam:PassedToService": "rds.amazonaws.com" } },
    { action: "kms:DescribeKey", resource: "key/blue", context },
    { action: "kms:CreateGrant", resource: "key/blue", context },
    { action: "kms:DescribeKey", resource: "key/green", context },
    { action: "kms:CreateGrant", resource: "key/green", context },
  ]);
});

it("keys are used through RDS by the name that it has in the partition", () => {
  const source = "arn:aws-cn:rds:cn-north-1:123456789012:cluster:db-cluster";
  const view = viewOf(first(), { "db-cluster-green-ak5mgh": { configuration: { kmsKeyId: "key/green" } } });
  const asked = requiredPermissions(view, { ...specFor(view), source });
  const services = new Set(asked.map(({ context }) => context?.["kms:ViaService"]).filter((it) => it !== undefined));
  expect([...services]).toEqual(["rds.cn-north-1.amazonaws.com.cn"]);
});

const CREATE = { action: "rds:CreateDBCluster", resource: `${ARN}:cluster:x` };
const decided = (decision: PermissionDecision["decision"], more: Partial<PermissionDecision> = {}): PermissionDecision => {
  return { ...CREATE, decision, incomplete: false, ...more };
};

it.each<[string, PermissionDecision, string]>([
  ["allowed", decided("allowed"), "pass"],
  ["denied by no policy that allows it", decided("implicitDeny"), "fail"],
  ["denied by a policy", decided("explicitDeny"), "fail"],
  ["denied by a policy while a condition is open, which may be what denies", decided("explicitDeny", { incomplete: true }), "unknown"],
  ["not allowed while a condition is open", decided("implicitDeny", { incomplete: true }), "unknown"],
  ["of KMS and not allowed by the role, since the key's policy may", decided("implicitDeny", { action: "kms:CreateGrant" }), "unknown"],
])("an action that is %s", (_what, decision, result) => {
  expect(checkPermissions(known([decided("allowed"), decision])).result).toBe(result);
});

it("the failure names action and resource", () => {
  expect(inWords(checkPermissions(known([decided("explicitDeny")]))).reason).toBe(
    `The guard's role may not rds:CreateDBCluster on ${ARN}:cluster:x.`,
  );
});

it("nobody to ask, and an answer about nothing, are unknown", () => {
  expect(checkPermissions(refused).result).toBe("unknown");
  expect(checkPermissions(known([])).result).toBe("unknown");
});

it("a role for Enhanced Monitoring that the guard may not pass fails, with its ARN and the setting that lists such roles", () => {
  const resource = "arn:aws:iam::123456789012:role/emaccess";
  const denied = decided("implicitDeny", { action: "iam:PassRole", resource });
  expect(inWords(checkPermissions(known([denied])))).toMatchObject({
    result: "fail",
    reason: `The guard's role may not iam:PassRole on ${resource}.`,
    remedy: expect.stringMatching(new RegExp(`^Add ${resource} to the guard's setting monitoringRoleArns, and deploy it`)),
  });
  const both = inWords(checkPermissions(known([denied, decided("explicitDeny")])));
  expect(both).toMatchObject({ remedy: expect.stringMatching(/monitoringRoleArns.*Add it to the role's policies\.$/) });
});
