import { describe, expect, it } from "vitest";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import type { Report } from "../../../src/facts/facts.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { type Standing, type StandingInput, standingOf } from "../../../src/standing/standing.ts";
import type { OperationStanding } from "../../../src/standing/under-way.ts";
import { databasesOf, event, factsOf, first, instance, reportOf, second, told } from "../../support/deployments/upgrade.ts";

function standing(deployment: Deployment = first(), reports: Report[] = [], more: Partial<StandingInput> = {}): Standing {
  return standingOf({ view: { deployment, databases: databasesOf(deployment) }, facts: factsOf(reports), ...more });
}

const GREEN = "db-instance-writer-green-8n9hio";
/** The first deployment where RDS's API says `status` of replication to green's instance. */
function replicating(status: string, changes: Partial<Deployment> = {}): Standing {
  const deployment = first(changes);
  const databases = databasesOf(deployment).map((it): Database => (it.identifier === GREEN ? { ...it, readReplication: { status } } : it));
  return standingOf({ view: { deployment, databases }, facts: [] });
}

const SEEN = rememberLook({}, { deployment: first(), databases: databasesOf(first()) }, [], "2024-02-05T06:50:00.000Z");
const tasks = (...statuses: string[]) => statuses.map((status, index) => ({ name: `TASK_${index}`, status }));
const degraded = told("REPLICATION_DEGRADED").map((it) => reportOf(it, first()));
const failed = event({
  sourceType: "blue-green-deployment",
  sourceIdentifier: first().id,
  message: "Creation of blue/green deployment failed because of this.",
});

describe("a standing", () => {
  it("names both sides with version, parameter groups and members", () => {
    expect(standing()).toMatchObject({
      id: "bgd-hy5ntvomddiv89r8",
      phase: "ready",
      replicationType: "logical",
      source: {
        name: "db-cluster",
        database: { engineVersion: "14.10" },
        parameterGroups: ["cluster-14", "instance-14"],
        members: ["db-instance-writer"],
      },
      target: { name: "db-cluster-green-ak5mgh", database: { engineVersion: "15.5" }, members: [GREEN] },
    });
  });

  it("has no target while green is not listed, and no database where it does not exist", () => {
    const young = first({ target: undefined, members: [] });
    expect(standing(young).target).toBeUndefined();
    expect(standing(young).source).toMatchObject({ name: "db-cluster", database: undefined, parameterGroups: [] });
  });

  it("names a parameter group once, however many members have it", () => {
    const readers = ["a", "b"].map((name) => ({ source: instance(name), target: instance(`${name}-green-a1b2c3`), status: "AVAILABLE" }));
    expect(standing(first({ members: [...first().members, ...readers] })).source.parameterGroups).toEqual(["cluster-14", "instance-14"]);
  });

  it("counts the tasks that are done and names the one that RDS is at", () => {
    const building = first({ tasks: tasks("COMPLETED", "IN_PROGRESS", "PENDING") });
    expect(standing(building).progress).toEqual({ done: 1, of: 3, now: "TASK_1" });
  });
});

// Source of the statuses: RDS API, BlueGreenDeployment.Status.
describe("the phase", () => {
  it.each<[string, Standing["phase"], Standing["severity"], Standing["urgency"]]>([
    ["PROVISIONING", "provisioning", "info", "none"],
    ["AVAILABLE", "ready", "good", "later"],
    ["SWITCHOVER_IN_PROGRESS", "switching-over", "warning", "none"],
    ["SWITCHOVER_FAILED", "failed", "critical", "later"],
    ["INVALID_CONFIGURATION", "failed", "critical", "later"],
    ["DELETING", "deleted", "info", "none"],
    ["SOMETHING_NEW", "unknown", "warning", "later"],
    ["", "unknown", "warning", "later"],
  ])("of status %j is %s", (status, phase, severity, urgency) => {
    expect(standing(first({ status }), [], { memory: SEEN })).toMatchObject({ phase, severity, urgency });
  });

  it("of a switchover that RDS has completed is that of its members", () => {
    expect(standing(second())).toMatchObject({ phase: "switched-over", severity: "good", urgency: "later", switched: true });
    expect(standing(first({ status: "SWITCHOVER_COMPLETED" })).phase).toBe("switching-over");
  });

  it("of a deployment that the API does not know is deleted, whatever was reported, and still says what was seen", () => {
    expect(standing(first(), degraded, { exists: false })).toMatchObject({
      phase: "deleted",
      exists: false,
      name: "blue-green",
      source: { name: "db-cluster" },
      mayDeleteGreen: false,
    });
  });

  it("is not ready before every task is done, green is listed and every member is available, although the status says so", () => {
    expect(standing(first({ tasks: tasks("COMPLETED", "IN_PROGRESS") })).phase).toBe("provisioning");
    expect(standing(first({ target: undefined })).phase).toBe("provisioning");
    const [member] = first().members;
    expect(standing(first({ members: [{ ...member, status: "PROVISIONING" }] })).phase).toBe("provisioning");
  });

  it("is waiting, and nothing is offered, while green is built and a switchover would be refused", () => {
    expect(replicating("stopped")).toMatchObject({ phase: "waiting", severity: "warning", urgency: "none", offers: [] });
    expect(replicating("error")).toMatchObject({ phase: "waiting", severity: "critical", urgency: "later", offers: [] });
    const view = { deployment: first(), databases: databasesOf(first(), { status: "storage-optimization" }) };
    expect(standingOf({ view, facts: [] })).toMatchObject({ phase: "waiting", severity: "info", urgency: "none", offers: [] });
  });

  it("is degraded by an event or by the API while the status is AVAILABLE or PROVISIONING, and not once there is more to say", () => {
    for (const status of ["AVAILABLE", "PROVISIONING"]) {
      expect(standing(first({ status }), degraded)).toMatchObject({ phase: "degraded", degraded: { at: "2024-02-05T08:07:00.000Z" } });
      expect(replicating("replication degraded", { status }).phase).toBe("degraded");
      expect(replicating("terminated", { status }).phase).toBe("degraded");
    }
    expect(standing(first({ status: "SWITCHOVER_IN_PROGRESS" }), degraded).phase).toBe("switching-over");
    expect(standing(first({ status: "DELETING" }), degraded).phase).toBe("deleted");
    expect(standing(first({ createTime: "2024-02-05T08:12:00.000Z" }), degraded)).toMatchObject({ phase: "ready", degraded: undefined });
  });

  it("is failed where an event or a task says that green could not be built", () => {
    expect(standing(first({ status: "PROVISIONING" }), [...degraded, reportOf(failed)]).phase).toBe("failed");
    expect(standing(first({ status: "PROVISIONING", tasks: tasks("COMPLETED", "FAILED") })).phase).toBe("failed");
  });

  // The text is from the Aurora User Guide, "Upgrading Aurora MySQL", whose troubleshooting shows it as DescribeEvents lists it.
  it("is failed where green's engine could not be upgraded, until it is", () => {
    const said = (message: string, date: string, sourceIdentifier = GREEN) =>
      reportOf(event({ sourceType: "db-instance", sourceIdentifier, message, date }), first());
    const refused = "Database cluster is in a state that cannot be upgraded:\nPreUpgrade checks failed: Oscar PreChecker Found 1 errors";
    const building = first({ status: "PROVISIONING", tasks: [{ name: "DB_ENGINE_VERSION_UPGRADE", status: "IN_PROGRESS" }] });
    const no = said(refused, "2024-02-05T06:30:00.000Z");
    expect(standing(building, [no]).phase).toBe("failed");
    expect(standing(building, [no, said("The engine version upgrade finished.", "2024-02-05T06:40:00.000Z")]).phase).toBe("provisioning");
    expect(standing(building, [said(refused, "2024-02-05T06:30:00.000Z", "db-instance-writer")]).phase).toBe("provisioning");
    expect(standing(first(), [no]).phase).toBe("ready");
  });
});

describe("what is offered", () => {
  it("is the switchover of what is ready, and a recreation of what is ruined", () => {
    expect(standing().offers).toEqual(["switchover"]);
    expect(standing(first(), degraded).offers).toEqual(["recreate"]);
    expect(replicating("terminated").offers).toEqual(["recreate"]);
    expect(standing(first({ status: "INVALID_CONFIGURATION" }), [], { memory: SEEN }).offers).toEqual(["recreate"]);
  });

  it("is both where a switchover failed and was rolled back", () => {
    const members = first().members.map((it) => ({ ...it, status: "SWITCHOVER_FAILED" }));
    expect(standing(first({ status: "SWITCHOVER_FAILED", members })).offers).toEqual(["switchover", "recreate"]);
    expect(standing(first({ status: "SWITCHOVER_FAILED", members }), degraded).offers).toEqual(["recreate"]);
  });

  // Source of a recreation that lacks fields: github.com/instantdb/instant, issue 738.
  it("is no recreation that cannot be planned", () => {
    expect(standing(first(), degraded, { missing: ["targetEngineVersion"] })).toMatchObject({
      offers: [],
      missing: ["targetEngineVersion"],
    });
  });

  it.each<[string, StandingInput["underWay"]]>([
    ["the guard is at work", { operation: operation("recreate"), recreating: "under way" }],
    ["the policy looks whether it may recreate", { policy: { state: "considering" } }],
    ["the policy has announced a recreation", { policy: { state: "announced", settleMinutes: 10 } }],
  ])("is nothing while %s", (_, underWay) => {
    expect(standing(first(), degraded, { underWay }).offers).toEqual([]);
  });

  it("is what a person may do where the policy leaves it to one", () => {
    expect(standing(first(), degraded, { underWay: { policy: { state: "asking" } } }).offers).toEqual(["recreate"]);
  });
});

describe("while the guard is at work", () => {
  const under = (changes: Partial<OperationStanding>, deployment = first(), reports: Report[] = []) =>
    standing(deployment, reports, { memory: SEEN, underWay: { operation: operation("switchover", changes) } });

  const cancelled = event({
    message: "Switchover from DB cluster db-cluster to db-cluster-green-ak5mgh was canceled due to replica lag.",
  });
  const at = (date: string) => [reportOf({ ...cancelled, date })];

  it("nothing is ready: a switchover has begun, or a recreation goes on", () => {
    expect(under({}).phase).toBe("switching-over");
    expect(standing(first(), [], { underWay: { operation: operation("recreate") } }).phase).toBe("recreating");
    expect(standing(first(), [], { underWay: { operation: operation("recreate"), recreating: "under way" } }).phase).toBe("recreating");
  });

  it("it is again as RDS shows it once the operation has failed", () => {
    expect(under({ failed: SAID }).phase).toBe("ready");
  });

  it("a switchover that somebody stopped too late is over once RDS has rolled it back, and stops no more", () => {
    const stopping = { by: { name: "oncall", id: "U0OPERATOR" }, leaves: "switchover" } as const;
    expect(under({ stopping }, first()).operation).toMatchObject({ stopping });
    const after = under({ stopping }, first(), at("2024-02-05T11:41:00.000Z"));
    expect(after).toMatchObject({ phase: "ready", operation: { isOver: true } });
    expect(after.operation).not.toHaveProperty("stopping");
  });

  it("a switchover that RDS has rolled back is over, though the operation has not looked yet", () => {
    expect(under({}, first(), at("2024-02-05T11:41:00.000Z"))).toMatchObject({ phase: "ready", operation: { isOver: true } });
    expect(under({}, first(), at("2024-02-05T11:39:00.000Z"))).toMatchObject({ phase: "switching-over" });
    expect(under({}, first({ status: "SWITCHOVER_IN_PROGRESS" }), at("2024-02-05T11:41:00.000Z")).operation).not.toHaveProperty("isOver");
  });

  it("a switchover that RDS has completed is over", () => {
    expect(standing(second(), [], { underWay: { operation: operation("switchover") } })).toMatchObject({
      phase: "switched-over",
      operation: { isOver: true },
    });
  });

  it("a recreation that failed after the deletion leaves a failure, with what the guard said", () => {
    const underWay = {
      operation: operation("recreate", { failed: SAID }),
      recreating: "failed" as const,
      unfinished: SAID,
    };
    expect(standing(first(), [], { exists: false, underWay })).toMatchObject({
      phase: "failed",
      unfinished: SAID,
      offers: [],
    });
  });
});

describe("of a deployment that is gone is left", () => {
  const left = (deployment: Deployment, databases = databasesOf(deployment)) =>
    standing(deployment, [], { exists: false, left: databases });

  it("green, where it was kept, and somebody may delete it", () => {
    expect(left(first())).toMatchObject({
      urgency: "later",
      left: [
        { name: "db-cluster-green-ak5mgh", kind: "cluster", side: "green" },
        { name: GREEN, kind: "instance", side: "green" },
      ],
    });
  });

  it("old blue after a switchover, and never what is production", () => {
    expect(left(second()).left.map(({ name, side }) => `${side} ${name}`)).toEqual([
      "old blue db-cluster-old1",
      "old blue db-instance-writer-old1",
    ]);
  });

  it("nothing that is gone too, or is being deleted", () => {
    expect(left(first(), [])).toMatchObject({ urgency: "none", left: [] });
    expect(left(first(), databasesOf(first(), { status: "deleting" })).left).toEqual([]);
  });
});

const SAID = { code: "nothing-changed" };

function operation(name: string, changes: Partial<OperationStanding> = {}): OperationStanding {
  return { name, since: "2024-02-05T11:40:00.000Z", ...changes };
}
