import { describe, expect, it } from "vitest";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import type { Fact, Report } from "../../../src/facts/facts.ts";
import { replicationStanding } from "../../../src/standing/replication.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { databasesOf, event, factsOf, first, reportOf, second, told } from "../../support/deployments/upgrade.ts";

const GREEN = "db-instance-writer-green-8n9hio";

function said(message: string, minute: string, sourceIdentifier = GREEN): Report {
  return reportOf(event({ sourceType: "db-instance", sourceIdentifier, message, date: `2024-02-05T06:${minute}:00.000Z` }), first());
}
const resumed = "Replication for the Read Replica resumed";
const stopped = "Replication has stopped.";

/** How replication stands where RDS's API says `status` of green's instance. */
function standing(reports: readonly Report[] = [], status?: string, message?: string, deployment: Deployment = first()) {
  const databases = databasesOf(deployment).map((it): Database => {
    return it.identifier === GREEN && status !== undefined ? { ...it, readReplication: { status, message } } : it;
  });
  return replicationStanding({ deployment, databases }, factsOf(reports));
}

describe("replication, by events,", () => {
  it("is unknown until one tells of it", () => expect(standing()).toEqual({ state: "unknown" }));

  it("is as the last event says, in whatever order they came and however close they lie", () => {
    const reports = [said(resumed, "30"), said(stopped, "33"), said(resumed, "36")];
    const running = { state: "replicating", by: { state: "replicating", from: "event", database: GREEN, at: "2024-02-05T06:36:00.000Z" } };
    expect(standing(reports)).toEqual(running);
    expect(standing(reports.toReversed())).toEqual(running);
    expect(standing([...reports, said(stopped, "38")])).toMatchObject({ state: "stopped", by: { at: "2024-02-05T06:38:00.000Z" } });
  });

  it("is stopped while any green database's is, since each has its own", () => {
    const other = "db-instance-reader-green-a1b2c3";
    expect(standing([said(stopped, "33", other), said(resumed, "36")])).toMatchObject({ state: "stopped", by: { database: other } });
    expect(standing([said(stopped, "33", other), said(resumed, "36", other), said(resumed, "36")]).state).toBe("replicating");
  });

  it("is not what a replica of blue says of itself", () => {
    expect(standing([said(stopped, "33", "db-instance-writer")])).toEqual({ state: "unknown" });
  });

  it("is not what was said before green was built: interruptions are normal then", () => {
    const built = event({
      sourceType: "blue-green-deployment",
      sourceIdentifier: first().id,
      message: "Blue/green deployment tasks completed.",
    });
    const done = reportOf({ ...built, date: "2024-02-05T06:35:00.000Z" });
    expect(standing([said(stopped, "33"), done])).toEqual({ state: "unknown" });
    expect(standing([said(stopped, "38"), done]).state).toBe("stopped");
  });

  it("is degraded by what was said of this deployment, for good, and not of one before it", () => {
    const degraded = told("REPLICATION_DEGRADED").map((it) => reportOf(it, first()));
    const later = { ...said(resumed, "59"), at: "2024-02-05T09:00:00.000Z" };
    expect(standing([...degraded, later])).toMatchObject({ state: "degraded", by: { from: "event", at: "2024-02-05T08:07:00.000Z" } });
    expect(standing(degraded, undefined, undefined, first({ createTime: "2024-02-05T08:12:00.000Z" })).state).toBe("unknown");
  });
});

// Source of the statuses: RDS User Guide, "Monitoring read replication"; RDS API, DBInstanceStatusInfo.
describe("replication, by RDS's API,", () => {
  it.each([
    ["replicating", "replicating"],
    ["replication degraded", "degraded"],
    ["error", "error"],
    ["stopped", "stopped"],
    ["terminated", "terminated"],
    ["replication stop point set", "replicating"],
    ["replication stop point reached", "stopped"],
    ["something new", "unknown"],
  ])("which says %j, is %s", (status, state) => {
    expect(standing([], status, "Why.")).toEqual({ state, by: { state, from: "api", database: GREEN, message: "Why." } });
  });

  it("is as an instance says that no member lists, which belongs to green's cluster", () => {
    const deployment = first({ members: first().members.slice(0, 1) });
    const [writer] = databasesOf(first()).filter(({ identifier }) => identifier === GREEN);
    const listed = databasesOf(deployment);
    const view = (cluster: string) => {
      const unlisted = writer ? [{ ...writer, cluster, readReplication: { status: "terminated" } }] : [];
      return { deployment, databases: [...listed, ...unlisted] };
    };
    expect(replicationStanding(view("db-cluster-green-ak5mgh"), []).state).toBe("terminated");
    expect(replicationStanding(view("db-cluster"), []).state).toBe("unknown");
  });
});

describe("where events and the API differ", () => {
  it("the graver counts, and both are said", () => {
    expect(standing([said(stopped, "33")], "replicating")).toMatchObject({
      state: "stopped",
      disagreement: { event: { state: "stopped", at: "2024-02-05T06:33:00.000Z" }, api: { state: "replicating", database: GREEN } },
    });
    expect(standing([said(resumed, "33")], "error", "Error 1062")).toMatchObject({
      state: "error",
      by: { from: "api", message: "Error 1062" },
      disagreement: { event: { state: "replicating" }, api: { state: "error" } },
    });
  });

  it("there is no disagreement where one says nothing, or both say the same", () => {
    expect(standing([said(stopped, "33")], "stopped")).not.toHaveProperty("disagreement");
    expect(standing([said(stopped, "33")], "something new")).not.toHaveProperty("disagreement");
    expect(standing([said(stopped, "33", "db-instance-reader-green-a1b2c3")], "replicating")).not.toHaveProperty("disagreement");
  });

  it("the API does not take back a degradation that an event told", () => {
    const degraded = told("REPLICATION_DEGRADED").map((it) => reportOf(it, first()));
    expect(standing(degraded, "replicating").state).toBe("degraded");
  });

  it("what events said before that of the degradation, or before green was built, contradicts nothing", () => {
    const degraded = told("REPLICATION_DEGRADED").map((it) => reportOf(it, first()));
    expect(standing([said(resumed, "30"), ...degraded], "replication degraded")).not.toHaveProperty("disagreement");
    const built = told("tasks completed")
      .slice(0, 1)
      .map((it) => reportOf(it, first()));
    expect(standing([said(resumed, "30"), ...built], "replication degraded")).not.toHaveProperty("disagreement");
    expect(standing([said(resumed, "59"), ...built], "error")).toHaveProperty("disagreement");
  });

  it("an event counts where both say the same, since it says since when", () => {
    expect(standing([said(resumed, "33")], "replicating")).toMatchObject({ by: { from: "event", at: "2024-02-05T06:33:00.000Z" } });
    expect(standing([said(stopped, "33")], "stopped")).toMatchObject({ by: { from: "event", at: "2024-02-05T06:33:00.000Z" } });
  });
});

it.each<[string, Deployment, readonly Fact[], boolean]>([
  ["once everything is switched over", second(), [], true],
  ["once the deployment is gone", first(), [], false],
])("nothing is said of replication %s", (_, deployment, facts, exists) => {
  const databases = databasesOf(deployment, { readReplication: { status: "error" } });
  expect(standingOf({ view: { deployment, databases }, facts, exists }).replication).toEqual({ state: "unknown" });
});
