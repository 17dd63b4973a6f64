import { describe, expect, it } from "vitest";
import type { DeploymentView } from "../../../../src/deployments/deployment.ts";
import type { Spec } from "../../../../src/deployments/spec.ts";
import { whyMissing } from "../../../../src/messages/en/missing-fields.ts";
import { inTerminal } from "../../../../src/messages/terminal/form.ts";
import { missingFields, settleSpec } from "../../../../src/plans/spec/settled.ts";
import { specOf } from "../../../../src/plans/spec/spec.ts";
import { rdsView, viewOf } from "../../../support/deployments/recreating.ts";
import { cluster, first } from "../../../support/deployments/upgrade.ts";

const upgrade = (status: string, last = "PENDING") => [
  { name: "CREATING_READ_REPLICA_OF_SOURCE", status: "COMPLETED" },
  { name: "DB_ENGINE_VERSION_UPGRADE", status },
  { name: "CREATE_DB_INSTANCES_FOR_CLUSTER", status: last },
];
const building = (status: string) => viewOf(first({ status: "PROVISIONING", tasks: upgrade(status) }));

function savedSpec(changes: Partial<Spec> = {}): Spec {
  const saved = specOf(viewOf(), "2024-02-05T06:41:00.000Z");
  if (!saved) throw new Error("The real upgrade's green is there.");
  return {
    ...saved,
    targetEngineVersion: "15.4",
    targetDBClusterParameterGroupName: "saved",
    targetDBParameterGroupNames: ["saved"],
    ...changes,
  };
}

it("a ready green says what it was created with, also against what was written down", () => {
  expect(settleSpec({ view: viewOf(), saved: savedSpec() }).spec).toEqual({
    name: "blue-green",
    source: cluster("db-cluster"),
    sourceEngineVersion: "14.10",
    targetEngineVersion: { value: "15.5", from: "green" },
    targetDBClusterParameterGroupName: { value: "cluster-15", from: "green" },
    targetDBParameterGroupName: { value: "instance-15", from: "green" },
    differences: undefined,
    tags: {},
  });
});

it("what a person asks for goes before what green shows", () => {
  const asked = { targetEngineVersion: "16.4", targetDBClusterParameterGroupName: "c16", targetDBParameterGroupName: "i16" };
  expect(settleSpec({ view: viewOf(), asked }).spec).toMatchObject({
    targetEngineVersion: { value: "16.4", from: "asked" },
    targetDBClusterParameterGroupName: { value: "c16", from: "asked" },
    targetDBParameterGroupName: { value: "i16", from: "asked" },
  });
});

it.each(["PENDING", "IN_PROGRESS", "FAILED"])("while the upgrade task is %s neither version nor groups are read from green", (status) => {
  expect(settleSpec({ view: building(status) }).missing?.map(({ field }) => field)).toEqual([
    "targetEngineVersion",
    "targetDBClusterParameterGroupName",
    "targetDBParameterGroupName",
  ]);
  const saved = settleSpec({ view: building(status), saved: savedSpec() }).spec;
  expect(saved?.targetEngineVersion).toEqual({ value: "15.4", from: "record" });
  expect(saved?.targetDBParameterGroupName).toEqual({ value: "saved", from: "record" });
});

it("once the upgrade task is completed the version is green's, and the groups are asked for until all tasks are", () => {
  const view = building("COMPLETED");
  expect(settleSpec({ view }).missing?.map(({ field }) => field)).toEqual([
    "targetDBClusterParameterGroupName",
    "targetDBParameterGroupName",
  ]);
  const asked = { targetDBClusterParameterGroupName: "c", targetDBParameterGroupName: "i" };
  expect(settleSpec({ view, asked }).spec?.targetEngineVersion).toEqual({ value: "15.5", from: "green" });
});

it("a creation without an upgrade task keeps the version that green shows", () => {
  const tasks = [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "IN_PROGRESS" }];
  const { missing } = settleSpec({ view: viewOf(first({ status: "PROVISIONING", tasks })) });
  expect(missing?.map(({ field }) => field)).not.toContain("targetEngineVersion");
});

it("where no tasks are listed the status decides whether green was built", () => {
  expect(settleSpec({ view: viewOf(first({ tasks: [] })) }).spec?.targetEngineVersion.from).toBe("green");
  expect(settleSpec({ view: viewOf(first({ tasks: [], status: "PROVISIONING" })) }).missing).toHaveLength(3);
});

it("where green is gone the record says it, and without one a person has to", () => {
  const blueOnly = { ...viewOf(), databases: viewOf().databases.filter(({ arn }) => !arn.includes("-green-")) };
  const saved = savedSpec({ targetKmsKeys: [{ source: cluster("db-cluster"), kmsKeyId: "arn:aws:kms:x" }] });
  expect(settleSpec({ view: blueOnly, saved }).spec).toMatchObject({
    targetEngineVersion: { value: "15.4", from: "record" },
    differences: { from: "record", value: { targetKmsKeys: [{ kmsKeyId: "arn:aws:kms:x" }] } },
  });
  expect(settleSpec({ view: blueOnly }).missing?.[0]?.why).toEqual({ code: "no-green" });
});

it("what was changed back on green is not created from the record", () => {
  const { spec } = settleSpec({ view: rdsView(), saved: savedSpec({ targetDBInstanceClass: "db.r6g.xlarge" }) });
  expect(spec?.differences).toBeUndefined();
});

it("a deployment of an RDS instance needs no cluster parameter group", () => {
  expect(settleSpec({ view: rdsView(), asked: { targetDBClusterParameterGroupName: "c" } }).spec).toMatchObject({
    targetEngineVersion: { value: "8.4.3", from: "green" },
    targetDBParameterGroupName: { value: "mysql-8-4", from: "green" },
    targetDBClusterParameterGroupName: undefined,
  });
});

it("tags of AWS, and those that say where a deployment came from, are not carried over", () => {
  const tags = {
    "aws:cloudformation:stack-name": "x",
    "rds:y": "y",
    "bluegreen-guard:operation": "arn",
    "bluegreen-guard:recreated-from": "bgd-1",
    "bluegreen-guard:on-degraded": "recreate",
    team: "orders",
  };
  expect(settleSpec({ view: viewOf(first({ tags })) }).spec?.tags).toEqual({ "bluegreen-guard:on-degraded": "recreate", team: "orders" });
});

describe("why a field is missing", () => {
  // The first published details of a failed creation: https://github.com/instantdb/instant/issues/738
  const failed = first({
    status: "INVALID_CONFIGURATION",
    statusDetails: "Creation of blue/green deployment failed due to incompatible parameter settings.",
    tasks: [
      { name: "CREATING_READ_REPLICA_OF_SOURCE", status: "FAILED" },
      { name: "DB_ENGINE_VERSION_UPGRADE", status: "COMPLETED" },
    ],
  });
  const reasons = (view: DeploymentView) => [...new Set(missingFields({ view }).map(({ why }) => whyMissing(why, inTerminal)))];

  it("is that the creation failed, which nobody waits for", () => {
    expect(missingFields({ view: viewOf(failed) }).map(({ field }) => field)).toEqual([
      "targetDBClusterParameterGroupName",
      "targetDBParameterGroupName",
    ]);
    expect(reasons(viewOf(failed))).toEqual([
      "The creation failed at CREATING_READ_REPLICA_OF_SOURCE, so green may still show blue's, and the guard wrote nothing down.",
    ]);
  });

  it("is that it failed before there was a green", () => {
    expect(reasons({ ...viewOf(failed), databases: viewOf().databases.filter(({ arn }) => !arn.includes("-green-")) })).toContain(
      "The creation failed at CREATING_READ_REPLICA_OF_SOURCE, green does not exist, and the guard wrote nothing down.",
    );
  });

  it("is that it ended, where no task says at what", () => {
    expect(reasons(viewOf(first({ status: "INVALID_CONFIGURATION", tasks: upgrade("PENDING") })))).toEqual([
      "The creation ended with INVALID_CONFIGURATION, so green may still show blue's, and the guard wrote nothing down.",
    ]);
  });

  it("is that green is not built yet, while RDS builds it", () => {
    expect(reasons(building("IN_PROGRESS"))).toEqual([
      "Green is not built to the end, so it may still show blue's, and the guard wrote nothing down.",
    ]);
  });

  it("no field is, where green shows all, or the record does", () => {
    expect(missingFields({ view: viewOf() })).toEqual([]);
    expect(missingFields({ view: viewOf(failed), saved: savedSpec() })).toEqual([]);
  });
});
