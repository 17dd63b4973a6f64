import { describe, expect, it, vi } from "vitest";
import { ON_DEGRADED_TAG, type OnDegraded, onDegradedOf } from "../../../src/plans/on-degraded.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openGuarded } from "../../support/operations/guarded.ts";
import { accepted } from "../../support/operations/recreating.ts";

vi.setConfig({ testTimeout: 120_000 });

const tagged = (Value: string) => [{ Key: ON_DEGRADED_TAG, Value }];

describe("a degraded deployment", () => {
  it.each([
    ["by default", {}, []],
    ["where the setting is ask, whatever asks for more in its tag", { onDegraded: "ask" as const }, tagged("recreate")],
    [
      "where the setting is notify and tags may raise it, with a tag that says ask",
      { onDegraded: "notify" as const, tagMayRaise: true },
      tagged("ask"),
    ],
    ["where the setting is recreate and its tag says ask", { onDegraded: "recreate" as const }, tagged("ask")],
    ["where the setting is recreate and its tag says notify", { onDegraded: "recreate" as const }, tagged("notify")],
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

  it.each([
    ["its tag asks for it and may", { tagMayRaise: true, settleMinutes: 2 }, tagged("recreate")],
    ["the setting says so and its tag is no word that is known", { onDegraded: "recreate" as const, settleMinutes: 2 }, tagged("always")],
  ])("is recreated where %s", async (_case, policy, tags) => {
    const lab = await openGuarded(policy);
    await lab.play(async () => {
      await lab.ready({ tags });
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

it.each<[setting: OnDegraded, tag: OnDegraded, alone: OnDegraded, mayRaise: OnDegraded]>([
  ["notify", "recreate", "notify", "recreate"],
  ["notify", "ask", "notify", "ask"],
  ["ask", "recreate", "ask", "recreate"],
  ["ask", "notify", "notify", "notify"],
  ["recreate", "ask", "ask", "ask"],
  ["recreate", "recreate", "recreate", "recreate"],
])("where the setting is %s, a tag that says %s makes it %s, or %s where tags may raise it", (onDegraded, tag, alone, mayRaise) => {
  const tags = { [ON_DEGRADED_TAG]: tag };
  expect(onDegradedOf({ tags }, { onDegraded, tagMayRaise: false })).toBe(alone);
  expect(onDegradedOf({ tags }, { onDegraded, tagMayRaise: true })).toBe(mayRaise);
});

it("what is done about a degraded deployment is to ask, where nobody says otherwise, and no tag asks for more", () => {
  expect(DEFAULTS).toMatchObject({ onDegraded: "ask", tagMayRaise: false, settleMinutes: 10, maxRecreatesPerDay: 2 });
});
