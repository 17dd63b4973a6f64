import { expect, it } from "vitest";
import { areTasksDone, isBuilt, isUpgraded, unbuilt } from "../../../src/deployments/built.ts";
import { cluster, databasesOf, first } from "../../support/deployments/upgrade.ts";

const upgrade = (status: string) => ({ name: "DB_ENGINE_VERSION_UPGRADE", status });
const copy = { name: "CREATING_READ_REPLICA_OF_SOURCE", status: "COMPLETED" };

it("names what is missing of green, part by part", () => {
  const members = [
    { source: cluster("db-cluster"), status: "PROVISIONING" },
    { source: cluster("other"), status: "AVAILABLE" },
  ];
  const building = first({ target: undefined, tasks: [copy, upgrade("IN_PROGRESS")], members });
  expect(unbuilt(building)).toEqual({ noGreen: true, tasks: [upgrade("IN_PROGRESS")], members: members.slice(0, 1), databases: [] });
  expect(unbuilt(first())).toEqual({ noGreen: false, tasks: [], members: [], databases: [] });
});

it("asks for available databases only where it is given some", () => {
  expect(isBuilt(first(), databasesOf(first()))).toBe(true);
  expect(isBuilt(first(), databasesOf(first(), { status: "modifying" }))).toBe(false);
  expect(isBuilt(first())).toBe(true);
});

it.each([
  ["AVAILABLE", [copy, upgrade("COMPLETED")], true, true],
  ["PROVISIONING", [copy, upgrade("IN_PROGRESS")], false, false],
  ["PROVISIONING", [{ ...copy, status: "IN_PROGRESS" }], false, true],
  ["PROVISIONING", [], false, false],
  ["AVAILABLE", [], true, true],
])("in status %s with tasks %j: tasks done %s, upgraded %s", (status, tasks, done, upgraded) => {
  expect(areTasksDone(first({ status, tasks }))).toBe(done);
  expect(isUpgraded(first({ status, tasks }))).toBe(upgraded);
});
