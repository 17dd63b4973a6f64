import { describe, expect, it, vi } from "vitest";
import { ON_DEGRADED_TAG } from "../../../src/plans/on-degraded.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openGuarded } from "../../support/operations/guarded.ts";
import { accepted } from "../../support/operations/recreating.ts";

vi.setConfig({ testTimeout: 120_000 });

const tagged = (Value: string) => [{ Key: ON_DEGRADED_TAG, Value }];

describe("a degraded deployment", () => {
  it.each([
    ["by default", {}, []],
    ["where the setting is recreate and its tag says ask", { onDegraded: "recreate" as const }, tagged("ask")],
  ])("is not recreated without a person: %s", async (_case, policy, tags) => {
    const lab = await openGuarded(policy);
    await lab.play(async () => {
      await lab.ready({ tags });
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 20 * MINUTE);
    });
    expect(lab.requested()).toEqual([]);
    expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
    expect(lab.thread()).toContain("Replication is degraded: switchover is blocked");
  });

  it("is recreated where its tag asks for it and may", async () => {
    const lab = await openGuarded({ tagMayRaise: true, settleMinutes: 2 });
    await lab.play(async () => {
      await lab.ready({ tags: tagged("recreate") });
      lab.rds.runDdl("orders", "ALTER TABLE");
      expect(await lab.ended()).toMatchObject({ via: "policy", outcome: { result: "done" } });
    });
  });

  it("is recreated though its event never came: the sweep finds it", async () => {
    const lab = await openGuarded(
      { onDegraded: "recreate", settleMinutes: 2 },
      { lose: ({ detail }) => detail.Message.includes("degraded") || detail.Message.includes("DDL") },
    );
    await lab.play(async () => {
      await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      expect(await lab.ended()).toMatchObject({ outcome: { result: "done" } });
    });
  });

  it("is recreated though the bus did not take the request at first", async () => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
    await lab.play(async () => {
      await lab.ready();
      lab.bus.failNext(2);
      lab.rds.runDdl("orders", "ALTER TABLE");
      expect(await lab.ended()).toMatchObject({ outcome: { result: "done" } });
    });
    expect(lab.requested()).toHaveLength(1);
  });
});
