import { describe, expect, it } from "vitest";
import { type Case, openCase, readCase } from "../../support/cases/case-lab.ts";

// Sources: hashicorp/terraform-provider-aws#47493, #41705, #35802; terraform-aws-modules/terraform-aws-rds#529: RDS refuses the switchover
// ("DB instance … is not in available state") while green is storage-optimization or storage-initialization, for half an hour and longer.
const green = (status: string, change: (text: string) => string = (text) => text) =>
  readCase("green-not-available", (text) => change(text).replaceAll("storage-optimization", status));
const mysql = (text: string) => text.replaceAll("postgres", "mysql");
/** Blue is what is not available, and green is. */
const ofBlue: Case = green("storage-optimization");
for (const database of ofBlue.answers["waiting"]?.DBInstances ?? [])
  database.DBInstanceStatus = database.DBInstanceIdentifier === "bluegreentest" ? "storage-optimization" : "available";

const HEALS = [
  ["storage-optimization", green("storage-optimization"), "bluegreentest-green-ub9kzw is storage-optimization (42 %)"],
  ["storage-initialization", green("storage-initialization"), "bluegreentest-green-ub9kzw is storage-initialization (42 %)"],
  ["MySQL", green("storage-optimization", mysql), "bluegreentest-green-ub9kzw is storage-optimization (42 %)"],
  ["blue, not green", ofBlue, "bluegreentest is storage-optimization"],
  ["a reboot", green("rebooting"), "bluegreentest-green-ub9kzw is rebooting"],
] as const;

describe.each([
  ["by its event", false],
  ["though the event is lost", true],
])("a deployment whose tasks are all completed is not ready while a database is not available, %s", (_way, lost) => {
  it.each(HEALS)("and is told as ready once it is: %s", async (_what, published, reason) => {
    const lab = await openCase(published, { first: "waiting", lost });
    await lab.happens(...published.events);
    await lab.sweeps();
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "waiting", severity: "info", offers: [] });
    expect(stands.checklist.find(({ id }) => id === "databases-available")).toMatchObject({
      result: "fail",
      reason: expect.stringContaining(`Not available: ${reason}`),
      remedy: "Wait until it is available.",
    });
    expect(lab.card()).toBe(stands.card);
    expect(lab.said()).not.toMatch(/Ready to switch over|Switch over…/);
    expect(Object.values(lab.severities())).not.toContain("good");

    lab.shows(published.answers["available"]);
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject({ phase: "ready", severity: "good", offers: ["switchover"] });
    expect(lab.entries().filter((text) => text.startsWith("*Ready to switch over*"))).toHaveLength(1);
  });
});

// Source: RDS User Guide, "Viewing DB instance status".
describe("what waiting does not heal is not waited for", () => {
  it.each([
    ["storage-full", "raise its allocated storage"],
    ["incompatible-parameters", "correct its parameter group"],
    ["stopped", "Start it."],
    ["inaccessible-encryption-credentials", "KMS key"],
  ])("%s", async (status, act) => {
    const published = green(status);
    const lab = await openCase(published, { first: "waiting", lost: true });
    await lab.happens(...published.events);
    await lab.sweeps();
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "waiting", severity: "warning", offers: [] });
    expect(stands.checklist.find(({ id }) => id === "databases-available")).toMatchObject({
      result: "fail",
      remedy: expect.stringContaining(act),
    });
    expect(lab.wholeCard()).toContain(act);
    expect(lab.said()).not.toMatch(/Ready to switch over|Wait until/);
  });
});
