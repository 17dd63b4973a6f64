import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/clock.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { deploymentKey, newRecord } from "../../../src/facts/record.ts";
import { applyPolicy, type PolicyDependencies } from "../../../src/operations/apply-policy.ts";
import { ON_DEGRADED_TAG } from "../../../src/plans/on-degraded.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { answered, describedView, IDS_AFTER, IDS_BEFORE, rehearsed } from "../../support/deployments/described.ts";
import { event, factsOf, reportOf } from "../../support/deployments/upgrade.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openGuarded } from "../../support/operations/guarded.ts";
import { accepted } from "../../support/operations/recreating.ts";

const NOW = "2026-08-15T11:00:41.000Z";
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
    expect(lab.thread()).toContain("Replication is degraded");
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

it("a deployment of which green may not be deleted is asked for at no sweep, however often it applies the policy", async () => {
  const view = describedView(answered("partly-switched-over"), IDS_AFTER);
  const key = deploymentKey(view.deployment.id);
  const records = recordsInMemory(new Map());
  const said = event({ sourceType: "db-instance", sourceIdentifier: "canal-reader", message: "Replication has been degraded.", date: NOW });
  const memory = rememberLook({}, describedView(rehearsed(), IDS_BEFORE), [], NOW);
  await records.write({ ...newRecord(key), seen: view, facts: factsOf([reportOf(said, view.deployment)]), memory });
  const asked: string[] = [];
  const ask = (call: string) => async () => {
    asked.push(call);
    return undefined;
  };
  const rds = {
    deployment: ask("deployment"),
    databases: ask("databases"),
    endpoints: ask("endpoints"),
  } as unknown as PolicyDependencies["rds"];
  const bus = { request: ask("request") } as unknown as PolicyDependencies["bus"];
  const policy = { onDegraded: "recreate" as const, tagMayRaise: false, operations: true };
  await applyPolicy(key, {
    rds,
    records,
    bus,
    time: new VirtualClock(Date.parse(NOW)) as unknown as PolicyDependencies["time"],
    ...policy,
  });
  expect(asked).toEqual([]);
});
