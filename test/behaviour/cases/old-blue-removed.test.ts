import { describe, expect, it } from "vitest";
import { type Answers, type Case, DELETES_GREEN, openCase, readCase } from "../../support/cases/case-lab.ts";
import { switchedOver } from "../../support/cases/switched-over.ts";

// Sources: hashicorp/terraform-provider-aws#42354, #33702: Terraform deletes old blue before the deployment; RDS API, SwitchoverDetail.Status,
// MISSING_SOURCE: "The source resource has been deleted." Whether AWS shows it after a switchover is not documented.
const APPDB = readCase("old-blue-removed");
const [COMPLETED, OLD_DELETED, DELETED] = APPDB.events;
if (!COMPLETED || !OLD_DELETED || !DELETED) throw new Error("The case has three events.");

/** What is not so once old blue is gone. */
const STILL_THERE = /Old blue .*(exists?|billed|keeps? costing)|was deleted, so its pair/;

async function switchedAndRemoved(first: string, lost: boolean) {
  const lab = await openCase(APPDB, { first, lost });
  await lab.sweeps();
  lab.shows(APPDB.answers["switched"]);
  await lab.happens(COMPLETED as NonNullable<typeof COMPLETED>);
  if (lost) await lab.sweeps();
  const before = lab.entries().length;
  await lab.happens(OLD_DELETED as NonNullable<typeof OLD_DELETED>);
  lab.shows(APPDB.answers["removed"]);
  await lab.sweeps(2);
  return { lab, added: () => lab.entries().slice(before) };
}

describe.each([
  ["seen from the beginning, by its events", "before", false],
  ["seen from the beginning, with every event lost", "before", true],
  ["first seen after the switchover", "switched", true],
])("old blue that is removed after the switchover, %s,", (_way, first, lost) => {
  it("is what cleaning up looks like: the thread says nothing, and nobody is told to delete green, which is production", async () => {
    const { lab, added } = await switchedAndRemoved(first, lost);
    expect(added()).toEqual([]);
    expect(await lab.stands()).toMatchObject({
      phase: "switched-over",
      severity: "good",
      members: [{ name: "appdb", outcome: "switched" }],
      offers: [],
    });
    expect(lab.wholeCard()).toContain("`appdb-old1`\ndoes not exist");
    expect(lab.said()).not.toMatch(DELETES_GREEN);
    expect(lab.wholeCard()).not.toMatch(STILL_THERE);
  });

  it("leaves nothing to warn of where RDS then calls the configuration invalid, and where the deployment is deleted", async () => {
    const { lab, added } = await switchedAndRemoved(first, lost);
    lab.shows(APPDB.answers["invalid"]);
    await lab.sweeps(2);
    expect(await lab.stands()).toMatchObject({ phase: "switched-over", offers: [] });
    lab.shows(APPDB.answers["deleting"]);
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject({ phase: "deleted", offers: [] });
    lab.shows(APPDB.answers["gone"]);
    await lab.happens(DELETED as NonNullable<typeof DELETED>);
    await lab.sweeps(2);
    expect(added().map((text) => text.split("\n")[0])).toEqual(["*Deleted*"]);
    expect(lab.wholeCard()).toContain("New blue stays production.");
    expect([lab.wholeCard(), ...added()].join("\n")).not.toMatch(STILL_THERE);
    expect(lab.said()).not.toMatch(DELETES_GREEN);
  });
});

describe("who first sees the deployment when old blue is gone is not told to delete green either", () => {
  it.each(["removed", "invalid"])("%s", async (first) => {
    const lab = await openCase(APPDB, { first, lost: true });
    await lab.sweeps(2);
    expect(await lab.stands()).toMatchObject({ phase: "switched-over", members: [{ name: "appdb", outcome: "switched" }], offers: [] });
    expect(lab.said()).not.toMatch(DELETES_GREEN);
    expect(lab.said()).not.toMatch(STILL_THERE);
  });
});

const switched = (name: string): Case => {
  const published = readCase(name);
  return { ...published, answers: { switched: switchedOver(published.answers["before"] as Answers) } };
};
/** The same once one database of old blue is gone; RDS names it still, or not. */
function without({ answers }: Case, old: string, isNamed: boolean): Answers {
  const { BlueGreenDeployments, DBClusters, DBInstances, ...rest } = answers["switched"] as Answers;
  const deployment = BlueGreenDeployments.map((it) => ({
    ...it,
    SwitchoverDetails: it.SwitchoverDetails?.map((pair) => {
      if (!pair.SourceMember?.endsWith(`:${old}`)) return pair;
      return { ...pair, SourceMember: isNamed ? pair.SourceMember : undefined, Status: "MISSING_SOURCE" };
    }),
  }));
  const isGone = (name: string | undefined) => name === old;
  return {
    ...rest,
    BlueGreenDeployments: deployment,
    ...(DBClusters && { DBClusters: DBClusters.filter((it) => !isGone(it.DBClusterIdentifier)) }),
    DBInstances: DBInstances.filter((it) => !isGone(it.DBInstanceIdentifier) && !isGone(it.DBClusterIdentifier)),
  };
}

describe("what is removed of old blue is no missing member", () => {
  it.each<[string, Case, string, boolean]>([
    ["an Aurora cluster", switched("deployment-deleted-right-after"), "dawson-old1", true],
    ["an instance of it alone", switched("deployment-deleted-right-after"), "dawson-1-old1", true],
    ["a read replica on RDS for MySQL", switched("readers-follow"), "prod-mysql-r2-old1", true],
    ["a source that RDS does not name any more", switched("readers-follow"), "prod-mysql-r1-old1", false],
  ])("%s", async (_what, published, old, isNamed) => {
    const lab = await openCase(published, { first: "switched", lost: true });
    await lab.sweeps();
    const before = lab.entries();
    lab.shows(without(published, old, isNamed));
    await lab.sweeps(4);
    expect(lab.entries()).toEqual(before);
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "switched-over", severity: "good", offers: [] });
    expect(stands.members.filter(({ outcome }) => outcome !== "switched")).toEqual([]);
    expect(lab.said()).not.toMatch(DELETES_GREEN);
  });
});
