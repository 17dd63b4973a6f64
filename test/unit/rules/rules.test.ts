import { describe, expect, it } from "vitest";
import { KNOWN_EVENTS } from "../../../src/events/event-ids.ts";
import type { RdsEvent, SourceType } from "../../../src/events/rds-event.ts";
import { rules } from "../../../src/rules/index.ts";
import type { Rule } from "../../../src/rules/rule.ts";
import { signalOf } from "../../../src/rules/signal.ts";

function event(sourceType: SourceType, message: string, eventId?: string): RdsEvent {
  return { sourceType, sourceIdentifier: "orders", date: "2024-02-05T08:07:12.418Z", message, eventId, categories: [], tags: {} };
}

const VALUES: Record<string, string> = {
  blue: "orders",
  green: "orders-green-a1b2c3",
  "blue-old": "orders-old1",
  reason: "a long-running transaction",
  name: "orders",
  version_number: "15.5",
  message: "Something that AWS wants to say",
};
const filled = (template: string) => template.replace(/\{(.+?)\}/g, (_, name: string) => VALUES[name] ?? name);

const documented = rules.flatMap((rule) =>
  rule.eventIds.map((id) => ({ rule: rule.id, id, message: filled(KNOWN_EVENTS[id].message), source: sourceOf(rule) })),
);

function sourceOf(rule: Rule): SourceType {
  return rule.sources[0] ?? "db-instance";
}

describe("every rule", () => {
  it("has an id of its own", () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  it("folds only into a rule that exists", () => {
    const ids = rules.map((rule): string => rule.id);
    expect(rules.map((rule) => rule.foldsInto?.id ?? "").filter((id) => id !== "" && !ids.includes(id))).toEqual([]);
  });

  it.each(documented)("reads AWS's text of $id as $rule", ({ rule, id, message, source }) => {
    expect(signalOf(event(source, message, id))?.rule.id).toBe(rule);
  });

  // The deployment's "Switchover from {blue} to {green} started." differs from a member's in nothing but the id.
  it.each(documented)("reads AWS's text of $id as $rule where the id is missing, the full stop too", ({ rule, message, source }) => {
    expect(signalOf(event(source, message))?.rule.id).toBe(rule);
    expect(signalOf(event(source, message.replace(/\.$/, "")))?.rule.id).toBe(rule);
    expect(signalOf(event(source, message.replace("canceled", "cancelled")))?.rule.id).toBe(rule);
    expect(signalOf(event(source, message.replace("cancelled", "canceled")))?.rule.id).toBe(rule);
  });

  it.each(documented)("trusts the id $id over a text that has changed", ({ rule, id, source }) => {
    expect(signalOf(event(source, "Words that AWS has never used before", id))?.rule.id).toBe(rule);
  });
});

const pair = { blue: "orders", green: "orders-green-a1b2c3" };

describe("a rule reads", () => {
  it.each<[SourceType, string, string, object]>([
    ["db-cluster", "Switchover from DB cluster orders to orders-green-a1b2c3 started.", "member-switchover-started", pair],
    ["db-instance", "Switchover from primary/read replica orders to orders-green-a1b2c3 started", "member-switchover-started", pair],
    ["db-instance", "Switchover from primary orders to orders-green-a1b2c3 started.", "member-switchover-started", pair],
    ["blue-green-deployment", "Switchover from orders to orders-green-a1b2c3 started.", "switchover-started", pair],
    [
      "blue-green-deployment",
      "Switchover started on blue/green deployment orders-15.",
      "switchover-started",
      { deploymentName: "orders-15" },
    ],
    [
      "blue-green-deployment",
      "Switchover completed on blue/green deployment orders-15",
      "switchover-completed",
      { deploymentName: "orders-15" },
    ],
    ["blue-green-deployment", "Switchover completed on blue/green deployment.", "switchover-completed", {}],
    [
      "blue-green-deployment",
      "Switchover cancelled on blue/green deployment orders-15.",
      "switchover-cancelled",
      { deploymentName: "orders-15" },
    ],
    ["blue-green-deployment", "Switchover canceled on blue/green deployment.", "switchover-cancelled", {}],
    [
      "db-cluster",
      "Switchover from DB cluster orders to orders-green-a1b2c3 completed. Renamed orders to orders-old1 and orders-green-a1b2c3 to orders.",
      "member-switchover-completed",
      { ...pair, oldBlue: "orders-old1" },
    ],
    [
      "db-cluster",
      "Switchover from DB cluster orders to orders-green-a1b2c3 completed. Renamed databases.",
      "member-switchover-completed",
      pair,
    ],
    [
      "db-cluster",
      "Switchover from DB cluster orders to orders-green-a1b2c3 was canceled due to a long-running transaction.",
      "member-switchover-cancelled",
      { ...pair, reason: "a long-running transaction" },
    ],
    [
      "db-cluster",
      "Switchover from DB cluster orders to orders-green-a1b2c3 was cancelled because there are DDL or Large Object changes on orders that can't be replicated. Delete the blue/green deployment along with the target cluster, then re-create it.",
      "member-switchover-cancelled",
      { ...pair, degraded: true },
    ],
    ["db-cluster", "Switchover from source to target was canceled.", "member-switchover-cancelled", { blue: "source", green: "target" }],
    [
      "blue-green-deployment",
      "Creation of blue/green deployment failed because logical replication is off.",
      "creation-failed",
      { reason: "logical replication is off" },
    ],
    [
      "blue-green-deployment",
      "Creation of blue/green deployment failed due to incompatible parameter(s): max_replication_slots",
      "creation-failed",
      { reason: "incompatible parameter(s): max_replication_slots" },
    ],
    ["db-instance", "Replication has stopped. Read the error log.", "replication-stopped", { reason: "Read the error log" }],
    ["db-instance", "Replication for the Read Replica resumed", "replication-resumed", {}],
    [
      "db-cluster",
      "RDS can't configure the DB cluster orders as a replication source because of idle or long-running transactions. Wait for the transactions to complete or cancel them, and try again.",
      "creation-held-up",
      { blue: "orders", reason: "idle or long-running transactions" },
    ],
    [
      "db-instance",
      "Binary log coordinates in green environment after switchover: file mysql-bin-changelog.000003 and position 40134574",
      "binary-log-coordinates",
      { binaryLog: { file: "mysql-bin-changelog.000003", position: "40134574" } },
    ],
    [
      "db-instance",
      "Database instance is in a state that cannot be upgraded: prechecks failed.",
      "engine-upgrade-failed",
      { reason: "prechecks failed" },
    ],
    ["blue-green-deployment", "A sentence of next year's.", "other-deployment-event", {}],
    ["blue-green-deployment", "", "other-deployment-event", {}],
  ])("%s: %s", (source, message, rule, reading) => {
    const signal = signalOf(event(source, message));
    expect(signal?.rule.id).toBe(rule);
    expect(signal?.reading).toMatchObject(reading);
    if (Object.keys(reading).length === 0) expect(signal?.reading).toEqual({});
  });

  it.each<[SourceType, string, string | undefined]>([
    ["db-instance", "Replication has been degraded.", undefined],
    ["db-instance", "replication degraded", undefined],
    ["db-cluster", "Green is REPLICATION_DEGRADED since a minute", undefined],
    ["blue-green-deployment", "Your green databases now have a status of REPLICATION_DEGRADED.", "RDS-EVENT-0409"],
    ["db-instance", "Data definition language (DDL) changes aren't supported for blue/green deployments.", "RDS-EVENT-9999"],
    ["db-instance", "Data definition language (DDL) changes aren’t supported for blue/green deployments.", undefined],
  ])("degraded replication in %s: %s (%s)", (source, message, id) => {
    const signal = signalOf(event(source, message, id));
    expect(signal?.rule.id).toBe("replication-degraded");
    expect(signal?.reading.degraded).toBe(true);
  });

  it("nothing in a database's event that is not about its deployment", () => {
    expect(signalOf(event("db-instance", "Backing up DB instance"))).toBeUndefined();
    expect(signalOf(event("db-instance", "The Switchover to the read replica started.", "RDS-EVENT-0233"))).toBeUndefined();
    expect(signalOf(event("db-cluster-snapshot", "Replication has been degraded."))).toBeUndefined();
  });
});
