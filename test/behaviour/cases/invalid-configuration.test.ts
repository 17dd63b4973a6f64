import { describe, expect, it } from "vitest";
import { createdWith } from "../../../src/messages/en/plan.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { planRecreation } from "../../../src/operations/recreate/plan.ts";
import { openCase, readCase, replayed } from "../../support/cases/case-lab.ts";
import { portsOf, REQUEST } from "../../support/operations/recreating.ts";

// Source: instantdb/instant#738, the first published StatusDetails of a failed creation.
const INSTANT = readCase("invalid-configuration");
const GROUPS = { targetDBClusterParameterGroupName: "i16", targetDBParameterGroupName: "i16-i" };

describe.each([
  ["by its event", INSTANT, false],
  ["though the event is lost", INSTANT, true],
  ["by the API alone", { ...INSTANT, events: [] }, true],
])("a creation that failed is told with RDS's own words, %s", (_way, published, lost) => {
  it("as failed, not as degraded; nothing of it is waited for, and there is no button for what cannot be planned", async () => {
    const lab = await openCase(published, { first: "before", lost, policy: { onDegraded: "recreate" } });
    await lab.happens(...published.events);
    await lab.sweeps(2);
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "failed", severity: "critical", production: "blue", offers: [] });
    expect(stands.replication).not.toBe("degraded");
    expect(stands.checklist.filter(({ reason }) => /degraded:|RDS said so/.test(reason))).toEqual([]);
    expect(stands.checklist.filter(({ remedy }) => remedy.startsWith("Wait"))).toEqual([]);
    expect(lab.card()).toBe(stands.card);
    expect(lab.wholeCard()).toContain("incompatible parameter settings. See https://docs.aws.amazon.com/");
    expect(lab.wholeCard()).not.toContain("Recreate…");
    expect(lab.wholeCard()).toContain("recreate instant-16 --target-cluster-parameter-group GROUP --target-parameter-group GROUP");
    expect(lab.entries().join("\n")).toContain("incompatible parameter settings");
  });
});

it("it can be planned once a person gives at the terminal what green does not show", async () => {
  const lab = await openCase(INSTANT, { first: "before", lost: true });
  await lab.sweeps();
  const id = INSTANT.answers["before"]?.BlueGreenDeployments[0]?.BlueGreenDeploymentIdentifier ?? "";
  const ports = portsOf(lab);
  await expect(planRecreation(id, REQUEST, ports)).rejects.toMatchObject({
    reason: {
      code: "fields-missing",
      missing: expect.arrayContaining([expect.objectContaining({ field: "targetDBClusterParameterGroupName" })]),
    },
  });
  const { plan } = await planRecreation(id, REQUEST, ports, GROUPS);
  expect(createdWith(plan.creates, inTerminal).join("\n")).toMatch(/i16, as asked[\s\S]*i16-i, as asked/);
});

it("a replay of it says that it failed", async () => {
  expect(await replayed(INSTANT, INSTANT.answers["before"])).toMatchObject({ phase: "failed", offers: [] });
});

describe("other details, engines and states of the same kind", () => {
  it.each([
    ["Aurora MySQL", (text: string) => text.replaceAll("aurora-postgresql", "aurora-mysql"), "incompatible parameter settings"],
    [
      "other details",
      (text: string) => text.replaceAll("incompatible parameter settings", "an invalid option group"),
      "an invalid option group",
    ],
    ["no failed task", (text: string) => text.replaceAll('"FAILED"', '"COMPLETED"'), "incompatible parameter settings"],
  ])("%s", async (_what, change, words) => {
    const published = readCase("invalid-configuration", change);
    const lab = await openCase({ ...published, events: [] }, { first: "before", lost: true });
    await lab.sweeps(2);
    expect(await lab.stands()).toMatchObject({ phase: "failed", severity: "critical", production: "blue" });
    expect(lab.entries().join("\n")).toContain(words);
    expect(lab.said()).not.toMatch(/degraded/i);
  });
});
