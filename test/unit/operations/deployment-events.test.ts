import { expect, it } from "vitest";
import { switchoverEventsOf } from "../../../src/operations/switchover/events.ts";
import { first, instance } from "../../support/deployments/upgrade.ts";

const NOW = Date.parse("2026-08-15T10:05:00.000Z");

// Texts: AWS's template of RDS-EVENT-0252.
it("gives a cancelled switchover's cause as its reason, not that RDS cancelled the other pairs for it", async () => {
  const pair = (source: string, target: string) => ({ source: instance(source), target: instance(target), status: "AVAILABLE" });
  const members = [pair("crm", "crm-green-aaaaa1"), pair("crm-r1", "crm-r1-green-bbbbb2")];
  const deployment = first({ source: instance("crm"), target: instance("crm-green-aaaaa1"), members });
  const row = (SourceIdentifier: string, second: number, Message: string) => ({
    SourceType: "db-instance" as const,
    SourceIdentifier,
    Date: new Date(Date.parse("2026-08-15T10:00:00.000Z") + second * 1_000),
    Message,
  });
  const listed = [
    row("crm-r1", 0, "Switchover from read replica crm-r1 to crm-r1-green-bbbbb2 was canceled due to replica lag of 900 seconds."),
    row(
      "crm",
      2,
      "Switchover from primary crm to crm-green-aaaaa1 was canceled due to cancellation of the blue/green deployment's switchover.",
    ),
  ];
  const events = await switchoverEventsOf(deployment, { events: async () => listed }, NOW - 600_000, NOW);
  expect(events.map(({ signal, reason }) => [signal, reason])).toEqual([
    ["switchover-cancelled", "replica lag of 900 seconds"],
    ["switchover-cancelled", undefined],
  ]);
});
