import { describe, expect, it } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import type { Report } from "../../../src/facts/facts.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { databasesOf, event, factsOf, first, instance, reportOf, told } from "../../support/deployments/upgrade.ts";

function summary(deployment: Deployment, reports: Report[] = [], exists = true) {
  return standingOf({ deployment, databases: databasesOf(deployment) }, exists, factsOf(reports));
}

function said(message: string, minute: string, sourceIdentifier = "db-instance-writer-green-8n9hio"): Report {
  return reportOf(event({ sourceType: "db-instance", sourceIdentifier, message, date: `2024-02-05T06:${minute}:00.000Z` }), first());
}
const resumed = "Replication for the Read Replica resumed";
const stopped = "Replication has stopped.";

describe("a summary", () => {
  it("names both sides with version, parameter groups and members", () => {
    expect(summary(first())).toMatchObject({
      id: "bgd-hy5ntvomddiv89r8",
      phase: "ready",
      replication: "logical",
      source: {
        name: "db-cluster",
        database: { engineVersion: "14.10" },
        parameterGroups: ["cluster-14", "instance-14"],
        members: ["db-instance-writer"],
      },
      target: { name: "db-cluster-green-ak5mgh", database: { engineVersion: "15.5" }, members: ["db-instance-writer-green-8n9hio"] },
    });
  });

  it("has no target while green is not listed, and no database where it does not exist", () => {
    const young = first({ target: undefined, members: [] });
    expect(summary(young).target).toBeUndefined();
    expect(summary(young).source).toMatchObject({ name: "db-cluster", database: undefined, parameterGroups: [] });
  });

  it("names a parameter group once, however many members have it", () => {
    const readers = ["a", "b"].map((name) => ({ source: instance(name), target: instance(`${name}-green-a1b2c3`), status: "AVAILABLE" }));
    expect(summary(first({ members: [...first().members, ...readers] })).source.parameterGroups).toEqual(["cluster-14", "instance-14"]);
  });

  it("is deleted once the API does not know the deployment, and still says what was seen", () => {
    expect(summary(first(), [], false)).toMatchObject({
      phase: "deleted",
      exists: false,
      name: "blue-green",
      source: { name: "db-cluster" },
    });
  });

  it("is degraded by what was said of this deployment, not of one before it", () => {
    const reports = told("REPLICATION_DEGRADED").map((it) => reportOf(it, first()));
    expect(summary(first(), reports)).toMatchObject({ phase: "degraded", degraded: { at: "2024-02-05T08:07:00.000Z" } });
    expect(summary(first({ createTime: "2024-02-05T08:12:00.000Z" }), reports)).toMatchObject({ phase: "ready", degraded: undefined });
  });
});

describe("replication, as far as events tell of it,", () => {
  it("is unknown until one does", () => expect(summary(first()).replicating).toBeUndefined());

  it("is as the last event says, in whatever order they came and however close they lie", () => {
    const reports = [said(resumed, "30"), said(stopped, "33"), said(resumed, "36")];
    const running = { running: true, at: "2024-02-05T06:36:00.000Z" };
    expect(summary(first(), reports).replicating).toEqual(running);
    expect(summary(first(), reports.toReversed()).replicating).toEqual(running);
    expect(summary(first(), [...reports, said(stopped, "38")]).replicating).toEqual({ running: false, at: "2024-02-05T06:38:00.000Z" });
  });

  it("is not what a replica of blue says of itself", () => {
    expect(summary(first(), [said(stopped, "33", "db-instance-writer")]).replicating).toBeUndefined();
  });
});
