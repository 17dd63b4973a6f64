import { describe, expect, it } from "vitest";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import type { Obstacle } from "../../../src/standing/obstacles.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { answered, describedView, rehearsed } from "../../support/deployments/described.ts";
import { databasesOf, first } from "../../support/deployments/upgrade.ts";

const GREEN = "db-instance-writer-green-8n9hio";

/** How the real upgrade's first deployment stands, with fields of it and of green's instance changed. */
function standing(changes: Partial<Deployment> = {}, green: Partial<Database> = {}): Standing {
  const deployment = first(changes);
  const databases = databasesOf(deployment).map((it) => (it.identifier === GREEN ? { ...it, ...green } : it));
  return standingOf({ view: { deployment, databases }, facts: [] });
}

const [cluster = {}, writer = {}] = first().members;
const task = (status: string) => ({ name: "DB_ENGINE_VERSION_UPGRADE", status });

describe("what a switchover needs and is not so", () => {
  it("is nothing of a deployment in peace", () => expect(standing().obstacles).toEqual([]));

  it.each<[string, Partial<Deployment>, Obstacle]>([
    ["a task that is not done", { tasks: [task("IN_PROGRESS")] }, obstacle("task", "DB_ENGINE_VERSION_UPGRADE", "IN_PROGRESS", true)],
    ["a task that failed", { tasks: [task("FAILED")] }, obstacle("task-failed", "DB_ENGINE_VERSION_UPGRADE", "FAILED", false)],
    ["a status while RDS builds", { status: "PROVISIONING" }, obstacle("status", first().id, "PROVISIONING", true)],
    ["a status that stays", { status: "INVALID_CONFIGURATION" }, obstacle("status", first().id, "INVALID_CONFIGURATION", false)],
    [
      "a member that RDS works on",
      { members: [cluster, { ...writer, status: "PROVISIONING" }] },
      obstacle("member", "db-instance-writer", "PROVISIONING", true),
    ],
    [
      "a member whose green is gone",
      { members: [cluster, { source: writer.source, status: "MISSING_TARGET" }] },
      obstacle("member-missing", "db-instance-writer", "MISSING_TARGET", false),
    ],
    [
      "a member whose switchover failed",
      { members: [cluster, { ...writer, status: "SWITCHOVER_FAILED" }] },
      obstacle("member", "db-instance-writer", "SWITCHOVER_FAILED", false),
    ],
  ])("is %s", (_, changes, expected) => {
    expect(standing(changes).obstacles).toContainEqual(expected);
  });

  it("is green that is not there, which is waited for while RDS builds it", () => {
    const none = { target: undefined, members: [{ source: cluster.source, status: "PROVISIONING" }] };
    expect(standing({ ...none, status: "PROVISIONING" }).obstacles).toContainEqual(obstacle("no-green", first().id, "absent", true));
    expect(standing(none).obstacles).toContainEqual(obstacle("no-green", first().id, "absent", false));
  });

  it("is not a member that is tried again after its switchover failed with the deployment's", () => {
    const members = first().members.map((it) => ({ ...it, status: "SWITCHOVER_FAILED" }));
    expect(standing({ status: "SWITCHOVER_FAILED", members }).obstacles).toEqual([]);
  });

  // Source: hashicorp/terraform-provider-aws, issues 47493, 41705 and 35802.
  it.each(["storage-optimization", "storage-initialization", "modifying", "backing-up", "rebooting", "something-new"])(
    "is a database that is %s, which waiting heals",
    (status) => expect(standing({}, { status }).obstacles).toEqual([obstacle("database", GREEN, status, true)]),
  );

  // Source: RDS User Guide, "Viewing Amazon RDS DB instance status".
  it.each([
    "storage-full",
    "stopped",
    "incompatible-parameters",
    "incompatible-network",
    "inaccessible-encryption-credentials",
    "failed",
    "restore-error",
    "insufficient-capacity",
    "deleting",
  ])("is a database that is %s, which no waiting heals", (status) => {
    expect(standing({}, { status })).toMatchObject({
      phase: "waiting",
      severity: "warning",
      urgency: "later",
      obstacles: [obstacle("database", GREEN, status, false)],
    });
  });

  it("is told with the percentage of a storage operation", () => {
    expect(standing({}, { status: "storage-optimization", percentProgress: "42" }).obstacles).toMatchObject([{ percent: "42" }]);
  });

  it("is a database that RDS does not know", () => {
    const databases = databasesOf(first()).filter(({ identifier }) => identifier !== GREEN);
    const { obstacles, phase } = standingOf({ view: { deployment: first(), databases }, facts: [] });
    expect(obstacles).toEqual([obstacle("database-not-found", GREEN, "not found", false)]);
    expect(phase).toBe("waiting");
  });

  // Source of the statuses: RDS API, DBClusterEndpoint.
  it.each([
    ["modifying", true],
    ["inactive", false],
  ])("is a custom endpoint that is %s", (status, heals) => {
    const view = describedView(answered("aurora-mysql-available"));
    const endpoints = view.endpoints?.map((it) => (it.identifier === "my-reader-endpoint" ? { ...it, status } : it));
    expect(standingOf({ view: { ...view, endpoints }, facts: [] })).toMatchObject({
      phase: "waiting",
      obstacles: [obstacle("database", "my-reader-endpoint", status, heals)],
    });
  });

  it.each([
    ["stopped", true],
    ["error", false],
    ["terminated", false],
    ["replication degraded", false],
  ])("is replication that is %s", (status, heals) => {
    expect(standing({}, { readReplication: { status } }).obstacles).toMatchObject([{ code: "replication", name: GREEN, heals }]);
  });
});

function obstacle(code: Obstacle["code"], name: string, status: string, heals: boolean): Obstacle {
  return { code, name, status, heals };
}

describe("an AVAILABLE deployment", () => {
  it("with a member in a status that the guard does not know is not said to be still in the making", () => {
    const [primary, reader] = rehearsed().members;
    const members = [...(primary ? [primary] : []), { ...reader, status: "SOMETHING_NEW" }];
    expect(standingOf({ view: describedView(rehearsed({ members })), facts: [] })).toMatchObject({
      phase: "waiting",
      severity: "warning",
      urgency: "later",
      obstacles: [{ code: "member", name: "canal-reader", status: "SOMETHING_NEW", heals: false }],
    });
  });

  it("of which RDS lists no pair of blue and green is not ready, as the checklist says, too", () => {
    const { databases } = describedView(rehearsed());
    const standing = standingOf({ view: { deployment: rehearsed({ members: [] }), databases: databases.slice(0, 2) }, facts: [] });
    expect(standing).toMatchObject({ phase: "provisioning", obstacles: [{ code: "no-green" }], offers: [] });
  });
});
