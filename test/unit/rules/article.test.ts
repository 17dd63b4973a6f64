import { expect, it } from "vitest";
import { fromEventBridge } from "../../../src/events/eventbridge.ts";
import { signalOf } from "../../../src/rules/signal.ts";
import { articleEvents, envelopeOf, recorded } from "../../support/recorded.ts";

it("reads a real upgrade's events as what they meant", () => {
  const signals = articleEvents.map((event) => signalOf(fromEventBridge(envelopeOf(event)))?.rule.id);
  expect(signals.filter((id) => id !== undefined)).toEqual([
    "replication-stopped",
    "replication-resumed",
    "engine-upgrade-started",
    "replication-stopped",
    "engine-upgrade-finished",
    "replication-resumed",
    "tasks-completed",
    "replication-degraded",
    "replication-degraded",
    "tasks-completed",
    "member-switchover-started",
    "sequence-sync-started",
    "sequence-sync-completed",
    "switchover-started",
    "member-switchover-completed",
    "member-switchover-completed",
    "switchover-completed",
  ]);
});

it("reads in which log hour the DDL stands", () => {
  expect(signalOf(fromEventBridge(recorded("ddl-on-blue")))?.reading).toEqual({ logHour: "2024-02-05-08", degraded: true });
});
