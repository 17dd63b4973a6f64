import { expect, it } from "vitest";
import { type Database, databaseAt } from "../../../../src/deployments/deployment.ts";
import { specOf } from "../../../../src/plans/spec/spec.ts";
import { cluster, databasesOf, first, instance } from "../../../support/deployments/upgrade.ts";

const NOW = "2024-02-05T06:41:00.000Z";
const view = (deployment = first(), databases = databasesOf(deployment)) => ({ deployment, databases });

it("the spec of a cluster's deployment is read from green, and name, source and tags from the deployment", () => {
  expect(specOf(view(first({ tags: { team: "orders" } })), NOW)).toEqual({
    savedAt: NOW,
    name: "blue-green",
    source: cluster("db-cluster"),
    targetEngineVersion: "15.5",
    targetDBClusterParameterGroupName: "cluster-15",
    targetDBParameterGroupNames: ["instance-15"],
    tags: { team: "orders" },
  });
});

it("the spec of an RDS instance's deployment names no cluster parameter group", () => {
  const members = [{ source: instance("orders"), target: instance("orders-green-a1b2c3"), status: "AVAILABLE" }];
  const spec = specOf(view(first({ source: members[0]?.source ?? "", target: members[0]?.target, members })), NOW);
  expect(spec).toMatchObject({ source: instance("orders"), targetEngineVersion: "15.5", targetDBParameterGroupNames: ["instance-15"] });
  expect(spec?.targetDBClusterParameterGroupName).toBeUndefined();
});

it("several instance parameter groups of green are all in the spec, each once", () => {
  const readers = ["a", "b"].map((it) => ({ source: instance(it), target: instance(`${it}-green-a1b2c3`), status: "AVAILABLE" }));
  const deployment = first({ members: [...first().members, ...readers] });
  const other = (it: Database): Database => (it.arn === readers[1]?.target ? { ...it, parameterGroups: [{ name: "reporting-15" }] } : it);
  expect(specOf(view(deployment, databasesOf(deployment).map(other)), NOW)?.targetDBParameterGroupNames).toEqual([
    "instance-15",
    "reporting-15",
  ]);
});

it("blue's version and groups are not in the spec", () => {
  expect(JSON.stringify(specOf(view(), NOW))).not.toMatch(/14/);
});

it("there is no spec where green is not there", () => {
  const blueOnly = databasesOf(first()).filter(({ arn }) => !arn.includes("-green-"));
  expect(specOf(view(first(), blueOnly), NOW)).toBeUndefined();
  expect(specOf(view(first({ target: undefined }), blueOnly), NOW)).toBeUndefined();
  expect(databaseAt(view(), undefined)).toBeUndefined();
});
