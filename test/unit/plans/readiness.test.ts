import { describe, expect, it } from "vitest";
import type { Database, Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import type { Memory } from "../../../src/facts/memory.ts";
import { type ReadinessFacts, readiness } from "../../../src/plans/readiness.ts";
import type { EventsMissing } from "../../../src/plans/readiness-findings.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { notReadyYet } from "../../../src/standing/obstacles.ts";
import { type StandingInput, standingOf } from "../../../src/standing/standing.ts";
import { databasesOf, event, factsOf, first, instance, rememberedOf, reportOf, second, told } from "../../support/deployments/upgrade.ts";
import { inWords } from "../../support/finding-in-words.ts";

const IN_SYNC: Partial<Database> = { parameterGroups: [{ name: "group", status: "in-sync" }] };

interface Given {
  deployment?: Partial<Deployment>;
  databases?: Partial<Database>;
  /** The databases that are changed; all if omitted. */
  at?: RegExp;
  /** What else the standing is derived from. */
  known?: Partial<StandingInput>;
}

/** The input of the checks of the real upgrade's first deployment, first seen as it was in peace. */
function facts(
  { deployment = {}, databases = {}, at = /./, known = {} }: Given = {},
  changes: Partial<ReadinessFacts> = {},
): ReadinessFacts {
  const of = first(deployment);
  const all = databasesOf(of, IN_SYNC).map((it) => (at.test(it.arn) ? { ...it, ...databases } : it));
  return having({ deployment: of, databases: all }, { memory: SEEN, ...known }, changes);
}

const SEEN = rememberLook({}, { deployment: first(), databases: databasesOf(first()) }, [], "2024-02-05T06:50:00.000Z");

const having = (view: DeploymentView, known: Partial<StandingInput> = {}, changes: Partial<ReadinessFacts> = {}): ReadinessFacts => ({
  view,
  standing: standingOf({ view, facts: [], ...known }),
  timeoutSeconds: 300,
  ...changes,
});

const degraded = factsOf(told("Replication has been degraded").map((it) => reportOf(it, first())));
const said = (message: string) =>
  factsOf([reportOf(event({ sourceType: "db-instance", sourceIdentifier: "db-instance-writer-green-8n9hio", message }), first())]);
const ARN_OF_GLOBAL = "arn:aws:rds::123456789012:global-cluster:shop-global";

/** What the API says of read replication to green's writer. */
const shown = (status: string, message?: string): Given => ({
  databases: { readReplication: { status, message } },
  at: /db:db-instance-writer-green/,
});

const listed = (given: ReadinessFacts) => readiness(given).map(inWords);
const found = (id: string, given: ReadinessFacts) => listed(given).find((check) => check.id === id);
const OLD: EventsMissing = { code: "older-than-listed", deploymentId: "bgd-old" };

describe("a deployment", () => {
  it("in peace is ready, but for the lag that no API tells and the sequences that may be many", () => {
    const results = Object.fromEntries(readiness(facts()).map(({ id, result }) => [id, result]));
    expect(results).toEqual({
      "deployment-available": "pass",
      "tasks-completed": "pass",
      "members-available": "pass",
      production: "pass",
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
    ["degraded", facts({ known: { facts: degraded } }, { claimed: { code: "no-resource-id" } })],
    ["switched over", having({ deployment: second(), databases: databasesOf(second(), IN_SYNC) })],
    ["first seen too late", having({ deployment: first({ target: instance("shop") }), databases: [] }, {}, { incomplete: OLD })],
    ["stopped", facts(shown("stopped"))],
    ["in need of care", facts({ databases: { status: "modifying", parameterGroups: [{ name: "group", status: "pending-reboot" }] } })],
  ])("that is %s has a remedy, as a sentence, for each check that does not pass, and none for another", (_, given) => {
    for (const { id, result, remedy } of listed(given))
      expect({ id, remedy }).toEqual({ id, remedy: result === "pass" ? undefined : expect.stringMatching(/^[A-Z].* .*\.$/) });
  });
});

describe("a switchover is not ready", () => {
  it.each([
    ["PROVISIONING", "Wait until green is built."],
    ["SWITCHOVER_IN_PROGRESS", "A switchover is under way: wait for its end."],
    ["SWITCHOVER_COMPLETED", "It is switched over already."],
    ["INVALID_CONFIGURATION", "Read the status details, and correct what they name. Then recreate the deployment."],
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
      remedy: "Wait until green is built.",
    });
  });

  // Source of the task and its status: github.com/instantdb/instant, issue 738.
  it("once a task has failed, and then says not to wait", () => {
    const tasks = [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "FAILED" }];
    expect(found("tasks-completed", facts({ deployment: { tasks } }))).toMatchObject({
      result: "fail",
      reason: "Not all tasks are COMPLETED: CREATING_READ_REPLICA_OF_SOURCE is FAILED.",
      remedy: "RDS does not go on building green: correct the reason. Then recreate the deployment.",
    });
  });

  it.each(["PROVISIONING", "MISSING_TARGET", "MISSING_SOURCE", "SWITCHOVER_FAILED"])("while a member is %s", (status) => {
    const members = first().members.map((member, index) => (index === 1 ? { ...member, status } : member));
    expect(found("members-available", facts({ deployment: { members } }))).toMatchObject({
      result: "fail",
      reason: `Not every pair is AVAILABLE: db-instance-writer is ${status}.`,
    });
  });

  it("once members are switched over, all of them or a part", () => {
    const all = having({ deployment: second(), databases: databasesOf(second()) });
    expect(found("members-available", all)).toMatchObject({ result: "fail", reason: "2 of 2 members are switched over." });
    const [pair] = second().members;
    const part = second({ members: [...(pair ? [pair] : []), ...first().members.slice(1)] });
    expect(found("members-available", having({ deployment: part, databases: databasesOf(part) }))).toMatchObject({
      result: "fail",
      reason: "1 of 2 members are switched over.",
    });
  });

  it.each<[string, DeploymentView["deployment"], string, Memory?]>([
    ["some names lead to green already", first({ members: [...second().members.slice(0, 1), ...first().members.slice(1)] }), "fail"],
    ["green has blue's names", second(), "fail", rememberedOf(second())],
    ["it is not known who is production", first({ members: [{ source: instance("shop"), target: instance("shop-b") }] }), "unknown"],
  ])("where %s", (_, deployment, result, memory) => {
    expect(found("production", having({ deployment, databases: databasesOf(deployment) }, { memory }))).toMatchObject({ result });
  });

  it("while green is not there", () => {
    expect(found("members-available", facts({ deployment: { members: [], target: undefined } }))?.reason).toBe("Green is not there yet.");
  });

  it.each(["storage-optimization", "storage-initialization", "backing-up", "modifying"])("while a database is %s", (status) => {
    const given = facts({ databases: { status }, at: /db:db-instance-writer-green/ });
    expect(found("databases-available", given)).toMatchObject({
      result: "fail",
      reason: `Not available: db-instance-writer-green-8n9hio is ${status}.`,
      remedy: "Wait until it is available.",
    });
    expect(notReadyYet(given.standing)).toMatchObject([{ name: "db-instance-writer-green-8n9hio", status }]);
  });

  it("while a storage operation runs, and says how far it is", () => {
    const given = facts({ databases: { status: "storage-optimization", percentProgress: "42" }, at: /db:db-instance-writer-green/ });
    expect(found("databases-available", given)?.reason).toBe(
      "Not available: db-instance-writer-green-8n9hio is storage-optimization (42 %).",
    );
  });

  // Source of the statuses: RDS User Guide, "Viewing Amazon RDS DB instance status".
  it.each([
    ["storage-full", "Waiting does not help: raise its allocated storage."],
    ["stopped", "Start it."],
    ["incompatible-parameters", "Waiting does not help: correct its parameter group, and reboot it."],
    ["failed", "Waiting does not help: look in its events for the reason."],
  ])("while a database is %s, which no waiting heals", (status, remedy) => {
    const given = facts({ databases: { status }, at: /db:db-instance-writer-green/ });
    expect(found("databases-available", given)).toMatchObject({ result: "fail", remedy });
    expect(notReadyYet(given.standing)).toEqual([]);
  });

  it("where RDS does not know a database of it", () => {
    const given = facts();
    const view = { ...given.view, databases: given.view.databases.slice(1) };
    expect(found("databases-available", having(view))).toMatchObject({
      result: "fail",
      reason: "Not available: RDS does not know db-cluster.",
      remedy: "Look for db-cluster in the RDS console.",
    });
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
    expect(found("replication", facts({ known: { facts: degraded } }))).toMatchObject({
      result: "fail",
      reason: "Replication is degraded: RDS said so at 2024-02-05 08:07 UTC (Replication has been degraded.).",
    });
  });

  // Source of the statuses: RDS User Guide, "Monitoring read replication".
  it.each([
    ["replication degraded", "Replication is degraded: the RDS API says so of db-instance-writer-green-8n9hio."],
    ["terminated", "Replication is terminated: the RDS API says so of db-instance-writer-green-8n9hio."],
    ["stopped", "Replication to db-instance-writer-green-8n9hio is stopped."],
  ])("once RDS's API says that replication is %s, though no event came", (status, reason) => {
    expect(found("replication", facts(shown(status)))).toMatchObject({ result: "fail", reason });
  });

  it("once RDS's API says that replication has an error, with RDS's message", () => {
    expect(found("replication", facts(shown("error", "Error 1062: Duplicate entry")))).toMatchObject({
      result: "fail",
      reason: "Replication to db-instance-writer-green-8n9hio is stopped with an error. RDS says: Error 1062: Duplicate entry.",
    });
  });

  it("where the last event about green says that replication stopped", () => {
    expect(found("replication", facts({ known: { facts: said("Replication has stopped.") } }))).toMatchObject({
      result: "fail",
      reason: "Replication to db-instance-writer-green-8n9hio is stopped since 2024-02-05 11:41 UTC.",
    });
  });

  it("while another operation works on the database", () => {
    const claimed = { code: "at-work", operation: "recreate", since: "2024-02-05T08:00:00.000Z", owner: "e1" } as const;
    expect(found("claim", facts({}, { claimed }))).toMatchObject({
      result: "fail",
      reason: "A recreation of this database is under way since 2024-02-05 08:00 UTC: nothing else may begin before it has ended.",
    });
  });
});

describe("replication", () => {
  it("runs where RDS's API says so, however old the deployment is", () => {
    expect(found("replication", facts(shown("replicating"), { incomplete: OLD }))).toMatchObject({
      result: "pass",
      reason: "The RDS API says that db-instance-writer-green-8n9hio is replicating.",
    });
  });

  it("runs likewise where an event says so, too", () => {
    const given = facts(
      { ...shown("replicating"), known: { facts: said("Replication for the Read Replica resumed") } },
      { incomplete: OLD },
    );
    expect(found("replication", given)).toMatchObject({ result: "pass" });
  });

  it("is a warning with both times where an event says stopped and the API says that it runs", () => {
    const given = facts({ ...shown("replicating"), known: { facts: said("Replication has stopped.") } });
    expect(found("replication", given)).toMatchObject({
      result: "warn",
      reason:
        "RDS disagrees with itself: its event of 2024-02-05 11:41 UTC says that replication to db-instance-writer-green-8n9hio stopped, its API says that it runs.",
    });
  });
});

describe("an Aurora Global Database", () => {
  const member = { source: ARN_OF_GLOBAL, target: `${ARN_OF_GLOBAL}-green-a1b2c3`, status: "AVAILABLE" };

  it.each([
    ["as a member", facts({ deployment: { members: [...first().members, member] } })],
    ["of blue's cluster", facts({ databases: { configuration: { globalClusterIdentifier: "shop-global" } }, at: /:cluster:db-cluster$/ })],
  ])("is not switched over: %s", (_, given) => {
    expect(found("databases-available", given)).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("Aurora Global Database shop-global: the guard does not switch it over"),
    });
  });
});

describe("what cannot be known is unknown, never passed:", () => {
  it.each([
    ["aurora-postgresql", "Look for warnings about DDL in blue's engine log."],
    ["mysql", "See in green's error log that replication runs."],
  ])("replication where the events do not reach back to the creation, and for %s it names the log", (engine, remedy) => {
    expect(found("replication", facts({ databases: { engine } }, { incomplete: OLD }))).toMatchObject({
      result: "unknown",
      reason: "The deployment is older than the 14 days for which RDS lists events: the guard may not know that replication is degraded.",
      remedy,
    });
  });

  it("a member of a kind that the guard does not look up", () => {
    const arn = "arn:aws:rds:ap-northeast-1:123456789012:shard-group:shop";
    const member = { source: arn, target: `${arn}-green-a1b2c3`, status: "AVAILABLE" };
    const given = facts({ deployment: { members: [...first().members, member] } });
    expect(found("databases-available", given)).toMatchObject({
      result: "unknown",
      reason: "The guard does not look up members of this kind: shop (kind shard-group, AVAILABLE).",
    });
  });

  it("a parameter group whose state RDS does not tell", () => {
    const given = facts({ databases: { parameterGroups: [{ name: "instance-14" }] }, at: /db:db-instance-writer$/ });
    expect(found("parameter-groups", given)?.result).toBe("unknown");
  });

  it("the lag, where CloudWatch was not asked", () => {
    expect(found("replication-lag", facts())).toMatchObject({ result: "unknown", reason: "How far green lags behind blue was not read." });
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
