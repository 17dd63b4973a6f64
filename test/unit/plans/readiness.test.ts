import { describe, expect, it } from "vitest";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import type { Check } from "../../../src/plans/checks.ts";
import { notReadyYet, type ReadinessFacts, readiness } from "../../../src/plans/readiness.ts";
import { databasesOf, first } from "../../support/deployments/upgrade.ts";

const IN_SYNC: Partial<Database> = { parameterGroups: [{ name: "group", status: "in-sync" }] };

function facts(
  { deployment = {}, databases = {}, at = /./ }: { deployment?: Partial<Deployment>; databases?: Partial<Database>; at?: RegExp } = {},
  changes: Partial<ReadinessFacts> = {},
): ReadinessFacts {
  const of = first(deployment);
  const all = databasesOf(of, IN_SYNC).map((it) => (at.test(it.arn) ? { ...it, ...databases } : it));
  return { view: { deployment: of, databases: all }, degradation: { state: "not-seen" }, timeoutSeconds: 300, ...changes };
}

const found = (id: string, given: ReadinessFacts): Check | undefined => readiness(given).find((check) => check.id === id);

describe("a deployment", () => {
  it("in peace is ready, but for the lag that no API tells and the sequences that may be many", () => {
    const results = Object.fromEntries(readiness(facts()).map(({ id, result }) => [id, result]));
    expect(results).toEqual({
      "deployment-available": "pass",
      "tasks-completed": "pass",
      "members-available": "pass",
      "databases-available": "pass",
      "parameter-groups": "pass",
      replication: "pass",
      "replication-lag": "unknown",
      sequences: "warn",
      claim: "pass",
    });
  });

  it.each([
    ["in peace", facts()],
    [
      "being built",
      facts({ deployment: { status: "PROVISIONING", tasks: [{ name: "A", status: "PENDING" }], members: [], target: undefined } }),
    ],
    ["degraded", facts({}, { degradation: { state: "degraded", lastAt: "", text: "" }, claimed: "Somebody is at it." })],
    ["in need of care", facts({ databases: { status: "modifying", parameterGroups: [{ name: "group", status: "pending-reboot" }] } })],
  ])("that is %s has a remedy, as a sentence, for each check that does not pass, and none for another", (_, given) => {
    for (const { id, result, remedy } of readiness(given))
      expect({ id, remedy }).toEqual({ id, remedy: result === "pass" ? undefined : expect.stringMatching(/^[A-Z].* .*\.$/) });
  });
});

describe("a switchover is not ready", () => {
  it.each([
    ["PROVISIONING", "Wait until green is built."],
    ["SWITCHOVER_IN_PROGRESS", "A switchover is under way: wait for its end."],
    ["SWITCHOVER_COMPLETED", "It has been switched over: there is nothing to do."],
    ["INVALID_CONFIGURATION", "Recreate it: green cannot be switched to any more."],
    ["DELETING", "It is being deleted: create another one."],
    ["NEW_STATUS", "Look at it in the RDS console."],
  ])("while the deployment is %s", (status, remedy) => {
    const reason = `The deployment is ${status}.`;
    expect(found("deployment-available", facts({ deployment: { status } }))).toMatchObject({ result: "fail", reason, remedy });
  });

  it("while a task is not COMPLETED, and names it", () => {
    const tasks = [
      { name: "CREATING_READ_REPLICA_OF_SOURCE", status: "COMPLETED" },
      { name: "DB_ENGINE_VERSION_UPGRADE", status: "IN_PROGRESS" },
    ];
    expect(found("tasks-completed", facts({ deployment: { tasks } }))).toMatchObject({
      result: "fail",
      reason: "Not all tasks are COMPLETED: DB_ENGINE_VERSION_UPGRADE is IN_PROGRESS.",
    });
  });

  it.each(["PROVISIONING", "MISSING_TARGET", "MISSING_SOURCE", "SWITCHOVER_FAILED"])("while a member is %s", (status) => {
    const members = first().members.map((member, index) => (index === 1 ? { ...member, status } : member));
    expect(found("members-available", facts({ deployment: { members } }))).toMatchObject({
      result: "fail",
      reason: `Not every pair is AVAILABLE: db-instance-writer is ${status}.`,
    });
  });

  it("while green is not there", () => {
    expect(found("members-available", facts({ deployment: { members: [], target: undefined } }))?.reason).toBe("Green is not there yet.");
  });

  it.each(["storage-optimization", "storage-initialization", "backing-up", "modifying"])("while a database is %s", (status) => {
    const given = facts({ databases: { status }, at: /db:db-instance-writer-green/ });
    expect(found("databases-available", given)).toMatchObject({
      result: "fail",
      reason: `Not available: db-instance-writer-green-8n9hio is ${status}.`,
    });
    expect(notReadyYet(given.view)).toEqual([`db-instance-writer-green-8n9hio is ${status}`]);
  });

  it("where RDS does not know a database of it", () => {
    const given = facts();
    const databases = given.view.databases.slice(1);
    expect(found("databases-available", { ...given, view: { ...given.view, databases } })?.reason).toBe("RDS does not know db-cluster.");
  });

  it("while an instance waits for a reboot, since its parameter group has changed", () => {
    const given = facts({
      databases: { parameterGroups: [{ name: "instance-15", status: "pending-reboot" }] },
      at: /db:db-instance-writer-green/,
    });
    expect(found("parameter-groups", given)).toMatchObject({
      result: "fail",
      reason: "Not in sync with its parameter group: db-instance-writer-green-8n9hio with instance-15 (pending-reboot).",
      remedy: "Reboot it, and look at the plan again.",
    });
  });

  it("once RDS has said that replication is degraded", () => {
    const degradation = { state: "degraded" as const, lastAt: "2024-02-05T08:07:00.000Z", text: "Replication has been degraded." };
    expect(found("replication", facts({}, { degradation }))).toMatchObject({
      result: "fail",
      reason: "Replication is degraded: RDS said so at 2024-02-05T08:07:00.000Z (Replication has been degraded.).",
    });
  });

  it("while another operation works on the database", () => {
    const claimed = "Since 08:00 a recreate is at work on this database.";
    expect(found("claim", facts({}, { claimed }))).toMatchObject({ result: "fail", reason: claimed });
  });
});

describe("what cannot be known is unknown, never passed:", () => {
  it("replication where the events do not reach back to the creation", () => {
    const degradation = { state: "unknown" as const, reason: "It is older than 14 days." };
    expect(found("replication", facts({}, { degradation }))).toMatchObject({ result: "unknown", reason: "It is older than 14 days." });
  });

  it("a parameter group whose state RDS does not tell", () => {
    const given = facts({ databases: { parameterGroups: [{ name: "instance-14" }] }, at: /db:db-instance-writer$/ });
    expect(found("parameter-groups", given)?.result).toBe("unknown");
  });

  it.each([
    ["aurora-postgresql", "OldestReplicationSlotLag of blue (bytes)"],
    ["aurora-mysql", "AuroraBinlogReplicaLag of green (seconds)"],
    ["mysql", "ReplicaLag of green (seconds)"],
    ["mariadb", "ReplicaLag of green (seconds)"],
    ["postgres", "OldestReplicationSlotLag of blue (bytes)"],
  ])("the lag: for %s it names the metric", (engine, metric) => {
    const lag = found("replication-lag", facts({ databases: { engine } }));
    expect(lag).toMatchObject({ result: "unknown", remedy: expect.stringContaining(`CloudWatch metric ${metric} is near 0`) });
    expect(lag?.remedy).toContain("https://docs.aws.amazon.com/");
  });
});

describe("a last switchover that failed", () => {
  it("is a warning with RDS's details, and its members may say so too", () => {
    const members = first().members.map((member) => ({ ...member, status: "SWITCHOVER_FAILED" }));
    const given = facts({ deployment: { status: "SWITCHOVER_FAILED", statusDetails: "Green was promoted.", members } });
    expect(found("deployment-available", given)).toMatchObject({
      result: "warn",
      reason: "The last switchover failed. Green was promoted.",
    });
    expect(found("members-available", given)?.result).toBe("pass");
  });
});

describe("sequences", () => {
  it("are no matter where replication is not logical", () => {
    expect(found("sequences", facts({ databases: { engine: "mysql" } }))?.result).toBe("pass");
  });

  it("are no matter with a longer timeout than RDS's own", () => {
    expect(found("sequences", facts({}, { timeoutSeconds: 301 }))?.result).toBe("pass");
    expect(found("sequences", facts({}, { timeoutSeconds: 300 }))).toMatchObject({
      result: "warn",
      remedy: expect.stringContaining("now it is 300 s"),
    });
  });
});
