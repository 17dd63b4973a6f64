import { describe, expect, it } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type Report, withReport } from "../../../src/facts/facts.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { threadEntryOf } from "../../../src/standing/thread-entry.ts";
import { databasesOf, event, factsOf, first, reportOf, second, told } from "../../support/deployments/upgrade.ts";

function entry(signal: string, reports: Report[], deployment: Deployment = second()) {
  const facts = factsOf(reports);
  const fact = facts.find((it) => it.signal === signal);
  if (!fact) throw new Error(`There is no fact of ${signal}.`);
  return threadEntryOf(fact, facts, standingOf({ view: { deployment, databases: databasesOf(deployment) }, facts }));
}

function said(message: string, time: string, changes = {}): Report {
  return reportOf(event({ message, date: `2024-02-05T${time}Z`, ...changes }), second());
}
const own = { sourceType: "blue-green-deployment", sourceIdentifier: "bgd-cavqrityavom8edj" };
const pair = "Switchover from DB cluster db-cluster to db-cluster-green-cvrzdo";
const started = (time: string) => said(`${pair} started.`, time);
const ownStarted = (time: string) => said("Switchover started on blue/green deployment blue-green.", time, own);
const cancelled = (time: string) => said(`${pair} was canceled due to replica lag.`, time);
const completed = (time: string) =>
  said(`${pair} completed. Renamed db-cluster to db-cluster-old1 and db-cluster-green-cvrzdo to db-cluster.`, time);
const ownCompleted = (time: string) => said("Switchover completed on blue/green deployment blue-green.", time, own);
const pause = (...reports: Report[]) => entry("switchover-completed", reports).pauseMs;

describe("the write pause", () => {
  it("runs from the first start to the completion of the deployment's own pair", () => {
    expect(pause(started("11:41:34.000"), ownStarted("11:41:49.000"), completed("11:42:41.000"), ownCompleted("11:42:55.000"))).toBe(
      67_000,
    );
  });

  it("is the same in whatever order the events arrived", () => {
    expect(pause(ownCompleted("11:42:55.000"), completed("11:42:41.000"), ownStarted("11:41:49.000"), started("11:41:34.000"))).toBe(
      67_000,
    );
  });

  it("is taken from the deployment's own events where no member reported", () => {
    expect(pause(ownStarted("11:41:49.000"), ownCompleted("11:42:55.000"))).toBe(66_000);
  });

  it("does not end with a replica that was done before the primary", () => {
    const replica = said("Switchover from read replica r1 to r1-green-a1b2c3 completed. Renamed databases.", "11:42:00.000", {
      sourceType: "db-instance",
      sourceIdentifier: "r1",
    });
    expect(pause(started("11:41:34.000"), replica, completed("11:42:41.000"))).toBe(67_000);
  });

  it("leaves out an attempt that was cancelled, minutes or hours before", () => {
    expect(pause(started("11:35:00.000"), cancelled("11:38:00.000"), started("11:41:34.000"), completed("11:42:41.000"))).toBe(67_000);
    expect(pause(started("09:00:00.000"), started("11:41:34.000"), completed("11:42:41.000"))).toBe(67_000);
  });

  it("is unknown where no start was told of, or only a later one", () => {
    expect(pause(completed("11:42:41.000"))).toBeUndefined();
    expect(pause(completed("11:42:41.000"), started("11:50:00.000"))).toBeUndefined();
  });

  it("is the announcement's too, whether RDS's events of the end have an entry of their own or none", () => {
    const facts = factsOf([started("11:41:34.000"), completed("11:42:41.000")]);
    const report = {
      delivery: "api",
      source: "look" as const,
      signal: "switched-over" as const,
      at: "2024-02-05T11:44:00.000Z",
      sourceIdentifier: "bgd",
      message: "",
      reading: {},
    };
    const [over] = OBSERVED.filter(({ id }) => id === "switched-over").flatMap((meaning) => withReport([], meaning, report));
    if (!over) throw new Error("Nobody has words for the end.");
    const together = facts.map((fact) => (fact.signal === "switchover-completed" ? { ...fact, toldBy: over.id } : fact));
    for (const known of [facts, together]) {
      const { pauseMs, reading } = threadEntryOf(over, [...known, over], undefined);
      expect(pauseMs).toBe(67_000);
      expect(reading).toMatchObject({ blue: "db-cluster", oldBlue: "db-cluster-old1" });
    }
    expect(threadEntryOf(over, [...factsOf([started("11:41:34.000")]), over], undefined).pauseMs).toBeUndefined();
  });

  it("belongs to a completed switchover alone", () => {
    expect(entry("switchover-started", [started("11:41:34.000"), completed("11:42:41.000")]).pauseMs).toBeUndefined();
  });
});

describe("an interruption of replication", () => {
  const stopped = told("Replication has stopped").map((it) => reportOf(it, first()));
  const [done] = told("tasks completed").map((it) => reportOf(it, first()));
  const building = first({ status: "PROVISIONING" });

  it("is part of the work while green is being built, and then no warning", () => {
    expect(entry("replication-stopped", stopped, building)).toMatchObject({ whileBuilding: true, severity: "info" });
  });

  it("is a warning also then, where RDS gives a reason", () => {
    const broken = stopped.map((it) => ({ ...it, reading: { reason: "SQLError: 1050, reason: Table 't' already exists" } }));
    expect(entry("replication-stopped", broken, building)).toMatchObject({ whileBuilding: true, severity: "warning" });
  });

  it("is so also where it is told after green was built", () => {
    expect(entry("replication-stopped", [...stopped, ...(done ? [done] : [])], first())).toMatchObject({
      whileBuilding: true,
      severity: "info",
    });
  });

  it("is a warning once green is built", () => {
    const later = stopped.map((it) => ({ ...it, at: "2024-02-05T07:00:00.000Z" }));
    expect(entry("replication-stopped", [...later, ...(done ? [done] : [])], first())).toMatchObject({
      whileBuilding: false,
      severity: "warning",
    });
    expect(entry("replication-stopped", later, first())).toMatchObject({ whileBuilding: false, severity: "warning" });
  });
});

it("a completed creation is no good news where replication is degraded already", () => {
  const degraded = told("degraded").map((it) => ({ ...reportOf(it, first()), at: "2024-02-05T06:30:00.000Z" }));
  const [done] = told("tasks completed").map((it) => reportOf(it, first()));
  expect(entry("tasks-completed", done ? [done] : [], first()).severity).toBe("info");
  expect(entry("tasks-completed", [...degraded, ...(done ? [done] : [])], first()).severity).toBe("critical");
});

it("names the deployment's own pair where members report theirs", () => {
  const replica = said("Switchover from read replica r1 to r1-green-a1b2c3 started.", "11:41:30.000", {
    sourceType: "db-instance",
    sourceIdentifier: "r1",
  });
  expect(entry("switchover-started", [replica, started("11:41:34.000")]).reading).toMatchObject({
    blue: "db-cluster",
    green: "db-cluster-green-cvrzdo",
  });
});
