import { describe, expect, it } from "vitest";
import { type Case, DELETES_GREEN, openCase, readCase } from "../../support/cases/case-lab.ts";

// Source: ustaxcourt/ef-cms#9899: a pipeline deletes the deployment of an Aurora PostgreSQL cluster right after the switchover. On Aurora old
// blue may accept writes from then on. Source: Aurora User Guide, blue-green-deployments-switching.
const DAWSON = readCase("deployment-deleted-right-after");
const withEngine = (engine: string) => readCase("deployment-deleted-right-after", (text) => text.replaceAll("aurora-postgresql", engine));

async function deleted(published: Case, first: string, lost: boolean) {
  const lab = await openCase(published, { first, lost });
  await lab.sweeps();
  lab.shows(published.answers["switched"]);
  await lab.happens(...published.events.slice(0, 1));
  if (lost) await lab.sweeps();
  lab.shows(published.answers["gone"]);
  await lab.happens(...published.events.slice(1));
  await lab.sweeps();
  return lab;
}

describe("a deployment that is deleted right after the switchover", () => {
  it.each<[string, Case, string, boolean]>([
    ["by its events", DAWSON, "before", false],
    ["with every event lost", DAWSON, "before", true],
    ["first seen after the switchover", DAWSON, "switched", true],
    ["of Aurora MySQL", withEngine("aurora-mysql"), "before", true],
  ])("leaves old blue, which is named and may accept writes: %s", async (_what, published, first, lost) => {
    const lab = await deleted(published, first, lost);
    const entry = lab.entries().find((text) => text.startsWith("*Deleted*"));
    for (const said of [entry, lab.wholeCard()]) {
      expect(said).toMatch(/Old blue `dawson-old1`, `dawson-1-old1` still exist and are billed until you delete them\./);
      expect(said).toContain("On Aurora it may accept writes again.");
    }
    expect(lab.wholeCard()).toMatch(/^dawson-17 · Deleted$/m);
    expect(lab.wholeCard()).toContain("New blue stays production.");
    expect(lab.said()).not.toMatch(DELETES_GREEN);
  });

  // Between two looks both happened: RDS's last answer has the names from before, and production bears the name that blue bore.
  it("does not take new blue for old blue where nobody saw the switchover", async () => {
    const lab = await openCase(DAWSON, { first: "before", lost: true });
    await lab.sweeps();
    lab.shows(DAWSON.answers["gone"]);
    await lab.sweeps(2);
    expect(lab.entries().join("\n")).toContain("*Switched over*");
    expect(lab.wholeCard()).toContain("New blue stays production.");
    expect(lab.said()).not.toMatch(/[Oo]ld blue `dawson(-1)?`|still exists? and|To go back by hand|Rename `/);
    expect(lab.said()).not.toMatch(DELETES_GREEN);
  });

  // RDS's answers can be older than its events.
  it("gets the way back in the thread once RDS lists the new names, where it was told before", async () => {
    const before = DAWSON.answers["before"];
    if (!before) throw new Error("The case says what was before.");
    const said = (name: string) =>
      `Switchover from ${name} to ${name}-green-x completed. Renamed ${name} to ${name}-old1 and ${name}-green-x to ${name}.`;
    const at = { Date: "2026-04-15T12:00:29.000Z" };
    const lab = await openCase(DAWSON, { first: "before" });
    await lab.sweeps();
    lab.shows({ ...before, BlueGreenDeployments: before.BlueGreenDeployments.map((it) => ({ ...it, Status: "SWITCHOVER_COMPLETED" })) });
    await lab.happens(
      { SourceType: "CLUSTER", SourceIdentifier: "dawson", ...at, Message: said("dawson") },
      { SourceType: "DB_INSTANCE", SourceIdentifier: "dawson-1", ...at, Message: said("dawson-1") },
      ...DAWSON.events.slice(0, 1),
    );
    await lab.sweeps();
    const told = () => lab.entries().filter((text) => text.startsWith("*Switched over*"));
    expect(told()).toHaveLength(1);
    expect(lab.said()).not.toMatch(/To go back by hand|[Oo]ld blue `dawson(-1)?`/);
    lab.shows(DAWSON.answers["switched"]);
    await lab.sweeps(2);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain("Rename `dawson-old1` to `dawson`");
  });

  it("says nothing of old blue that is gone with it", async () => {
    const gone = DAWSON.answers["gone"];
    if (!gone) throw new Error("The case says what is left.");
    const left = {
      ...gone,
      DBClusters: gone.DBClusters?.filter((it) => it.DBClusterIdentifier === "dawson"),
      DBInstances: gone.DBInstances.filter((it) => it.DBClusterIdentifier === "dawson"),
    };
    const lab = await deleted({ ...DAWSON, answers: { ...DAWSON.answers, gone: left } }, "before", true);
    expect(lab.wholeCard()).toMatch(/^dawson-17 · Deleted$/m);
    expect([lab.wholeCard(), lab.entries().find((text) => text.startsWith("*Deleted*"))].join("\n")).not.toMatch(/still exist|billed/);
  });
});
