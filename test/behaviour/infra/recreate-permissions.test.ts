import * as rds from "@aws-sdk/client-rds";
import { beforeAll, describe, expect, it } from "vitest";
import { known } from "../../../src/plans/answer.ts";
import { checkPermissions, type PermissionDecision, requiredPermissions } from "../../../src/plans/preflight/permissions.ts";
import { rdsView, specFor, viewOf } from "../../support/deployments/recreating.ts";
import { first } from "../../support/deployments/upgrade.ts";
import { inWords } from "../../support/finding-in-words.ts";
import { isAllowed, statementsOfRole } from "../../support/infra/iam.ts";
import { listOf, PROPS, type Statement, type Synthesized, synth, synthesized } from "../../support/infra/synth.ts";

const MONITORING = "arn:aws:iam::123456789012:role/rds-monitoring-role";
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/2c1e2a5e-0d4f-4f43-9a5e-3f6d0b3a7c11";
const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
const ACTIONS = Object.keys(rds)
  .filter((name) => name.endsWith("Command"))
  .map((name) => `rds:${name.replace(/Command$/, "")}`);

let guard: Synthesized;
let recreate: Statement[];
beforeAll(() => {
  guard = synth({ ...PROPS, monitoringRoleArns: [MONITORING] });
  recreate = statementsOfRole(guard, "GuardOperationsRecreateRole");
});

/** All that the statements allow of the whole RDS API on a resource, but for reading. */
const changes = (resource: string, statements = recreate) =>
  ACTIONS.filter((action) => !action.startsWith("rds:Describe") && isAllowed(statements, { action, resource })).sort();

const CREATE = [
  "rds:AddTagsToResource",
  "rds:CreateBlueGreenDeployment",
  "rds:CreateDBCluster",
  "rds:CreateDBClusterEndpoint",
  "rds:CreateDBInstance",
  "rds:CreateDBInstanceReadReplica",
];

describe("of the whole RDS API the recreate function", () => {
  it("is asked about every action", () => expect(ACTIONS.length).toBeGreaterThan(150));

  it.each([
    "cluster:orders",
    "db:orders",
    "db:orders-old1",
    "cluster:green",
    "db:orders-green",
    "db:orders-greenish-a1b2c3",
    "cluster:a-green_a1b2c3",
    "cluster-endpoint:reports",
    "cluster-pg:orders-green-a1b2c3",
  ])("may create beside %s, and change and delete nothing of it", (resource) => {
    expect(changes(`${ARN}:${resource}`)).toEqual(CREATE);
  });

  it.each([
    ["cluster:orders-green-a1b2c3", ["rds:DeleteDBCluster", "rds:ModifyDBCluster", "rds:PromoteReadReplicaDBCluster"]],
    ["db:orders-green-a1b2c3", ["rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:PromoteReadReplica"]],
    ["cluster-endpoint:reports-green-a1b2c3", ["rds:DeleteDBClusterEndpoint"]],
    ["deployment:bgd-hy5ntvomddiv89r8", ["rds:DeleteBlueGreenDeployment"]],
  ])("may do with %s %j", (resource, more) => expect(changes(`${ARN}:${resource}`)).toEqual([...CREATE, ...more].sort()));

  it.each(["snapshot:orders-green-a1b2c3", "auto-backup:ab-green-1", "global-cluster:orders-green-1"])(
    "may do nothing with %s",
    (resource) => expect(changes(`${ARN}:${resource}`)).toEqual([]),
  );

  it("may delete a cluster as far as IAM asks for its snapshots, and no snapshot", () => {
    const snapshot = `${ARN}:cluster-snapshot:orders-final`;
    expect(changes(snapshot)).toEqual(["rds:DeleteDBCluster"]);
    expect(ACTIONS).toContain("rds:DeleteDBClusterSnapshot");
  });

  it("may do nothing in another account or region", () => {
    expect(changes("arn:aws:rds:ap-northeast-1:999999999999:cluster:orders-green-a1b2c3")).toEqual([]);
    expect(changes("arn:aws:rds:eu-west-1:123456789012:cluster:orders-green-a1b2c3")).toEqual([]);
  });

  it("may delete what a wider pattern names, and says so in no other role", () => {
    const wide = synth({ ...PROPS, greenNames: ["*-green-*", "orders-*"] });
    const statements = statementsOfRole(wide, "GuardOperationsRecreateRole");
    expect(changes(`${ARN}:cluster:orders-next`, statements)).toContain("rds:DeleteDBCluster");
    expect(changes(`${ARN}:cluster:payments`, statements)).toEqual(CREATE);
    for (const role of ["GuardWatchRole", "GuardSweepRole", "GuardOperationsReleaseRole"]) {
      expect(changes(`${ARN}:cluster:orders-next`, statementsOfRole(wide, role))).toEqual([]);
    }
  });
});

describe("creation", () => {
  const CONFIGURATION = { configuration: { monitoringRoleArn: MONITORING, kmsKeyId: KEY } };
  it.each([
    ["cluster", viewOf(first(), { "db-cluster": CONFIGURATION, "db-instance-writer": CONFIGURATION })],
    ["instance", rdsView({ orders: CONFIGURATION })],
  ])("of a %s needs nothing that the recreate function may not", (_, view) => {
    const needed = requiredPermissions(view, specFor(view));
    expect(needed.map(({ action }) => action)).toEqual(expect.arrayContaining(["iam:PassRole", "kms:CreateGrant"]));
    expect(needed.filter((it) => !isAllowed(recreate, it))).toEqual([]);
  });

  it("with a role for Enhanced Monitoring that is not listed fails the plan, which names the role and the setting", () => {
    const arn = "arn:aws:iam::123456789012:role/emaccess";
    const view = rdsView({ orders: { configuration: { monitoringRoleArn: arn } } });
    const decisions = requiredPermissions(view, specFor(view)).map((asked): PermissionDecision => {
      return { ...asked, decision: isAllowed(recreate, asked) ? "allowed" : "implicitDeny", incomplete: false };
    });
    expect(decisions.filter(({ decision }) => decision !== "allowed").map(({ resource }) => resource)).toEqual([arn]);
    expect(inWords(checkPermissions(known(decisions)))).toMatchObject({
      result: "fail",
      reason: expect.stringContaining(arn),
      remedy: expect.stringContaining("setting monitoringRoleArns,"),
    });
  });

  it("passes the roles that are given to RDS alone, and no other role", () => {
    const pass = (resource: string, service: string) =>
      isAllowed(recreate, { action: "iam:PassRole", resource, context: { "iam:PassedToService": service } });
    expect(pass(MONITORING, "rds.amazonaws.com")).toBe(true);
    expect(pass(MONITORING, "lambda.amazonaws.com")).toBe(false);
    expect(pass("arn:aws:iam::123456789012:role/admin", "rds.amazonaws.com")).toBe(false);
  });

  it("passes the role that the RDS console makes where none is given, none where the list is empty, and never by a wildcard", () => {
    const passed = (of: Synthesized) =>
      statementsOfRole(of, "GuardOperationsRecreateRole").filter(({ Action }) => listOf(Action).includes("iam:PassRole"));
    expect(passed(synthesized())).toMatchObject([
      { Resource: MONITORING, Condition: { StringEquals: { "iam:PassedToService": "rds.amazonaws.com" } } },
    ]);
    expect(passed(synth({ ...PROPS, monitoringRoleArns: [] }))).toEqual([]);
    for (const name of ["*", "rds-*", "monitoring-rol?"]) {
      expect(() => synth({ ...PROPS, monitoringRoleArns: [MONITORING, `arn:aws:iam::123456789012:role/${name}`] })).toThrow(name);
    }
  });

  it("uses keys through RDS of the region alone", () => {
    const use = (context?: Record<string, string>) => isAllowed(recreate, { action: "kms:CreateGrant", resource: KEY, context });
    expect(use({ "kms:ViaService": "rds.ap-northeast-1.amazonaws.com" })).toBe(true);
    expect(use({ "kms:ViaService": "s3.ap-northeast-1.amazonaws.com" })).toBe(false);
    expect(use()).toBe(false);
  });
});

describe("the recreate function", () => {
  const execution = (name: string) => `arn:aws:lambda:ap-northeast-1:123456789012:function:${name}:7/durable-execution/a/b`;
  const own = () => guard.id("AWS::Lambda::Function", "GuardOperationsRecreateFunction");

  it.each(["CheckpointDurableExecution", "GetDurableExecutionState", "GetDurableExecution"])(
    "may lambda:%s on its own executions",
    (name) => {
      const may = (resource: string) => isAllowed(recreate, { action: `lambda:${name}`, resource });
      expect(may(execution(own()))).toBe(true);
      expect(may(execution("other"))).toBe(false);
      expect(may(execution(`${own()}2`))).toBe(false);
    },
  );

  it("asks IAM about its own role alone, whose ARN is in its settings", () => {
    const role = guard.id("AWS::IAM::Role", "GuardOperationsRecreateRole");
    const ask = (resource: string) => isAllowed(recreate, { action: "iam:SimulatePrincipalPolicy", resource });
    expect(ask(`arn:aws:iam::123456789012:role/${role}`)).toBe(true);
    expect(ask("arn:aws:iam::123456789012:role/admin")).toBe(false);
    const { Environment } = guard.properties("AWS::Lambda::Function", "GuardOperationsRecreateFunction");
    expect(Environment).toMatchObject({ Variables: { PRINCIPAL_ARN: { "Fn::GetAtt": [role, "Arn"] } } });
  });
});

describe("the release function", () => {
  it("changes nothing in RDS, and asks for the executions of the recreate function alone", () => {
    const statements = statementsOfRole(guard, "GuardOperationsReleaseRole");
    for (const kind of ["deployment", "cluster", "db"]) expect(changes(`${ARN}:${kind}:orders-green-a1b2c3`, statements)).toEqual([]);
    const own = guard.id("AWS::Lambda::Function", "GuardOperationsRecreateFunction");
    const resource = `arn:aws:lambda:ap-northeast-1:123456789012:function:${own}:7/durable-execution/a/b`;
    const may = ["Get", "Stop", "Checkpoint"].filter((it) => isAllowed(statements, { action: `lambda:${it}DurableExecution`, resource }));
    expect(may).toEqual(["Get"]);
  });
});
