import { describe, expect, it } from "vitest";
import { type Answers, type Case, DELETES_GREEN, openCase, readCase } from "../../support/cases/case-lab.ts";
import { switchedOver } from "../../support/cases/switched-over.ts";

// Sources: sysown/proxysql#5861 and #5934, a trace of a real switchover on RDS for MySQL 8.4 whose two replicas followed 40 s after the
// primary; hashicorp/terraform-provider-aws#33702, #49593: old blue's replicas are left behind and billed.
const PROD = readCase("readers-follow");
const COMPLETED = "SWITCHOVER_COMPLETED";
const RUNNING = "SWITCHOVER_IN_PROGRESS";

async function untilOne(published: Case, one: Answers | undefined, lost: boolean) {
  const lab = await openCase(published, { first: "before", lost });
  await lab.sweeps();
  await lab.happens(...published.events.slice(0, 1));
  lab.shows(one);
  await lab.happens(...published.events.slice(1, 2));
  if (lost) await lab.sweeps();
  return lab;
}

describe.each([
  ["by its events", false],
  ["though every event is lost", true],
])("while readers follow the writer, %s", (_way, lost) => {
  it("the card and the thread say how many are switched over, and offer no way back; all of old blue is named in the end", async () => {
    const lab = await untilOne(PROD, PROD.answers["one"], lost);
    expect(await lab.stands()).toMatchObject({
      phase: "switching-over",
      severity: "warning",
      production: "mixed",
      offers: [],
      members: [
        { name: "prod-mysql", outcome: "switched" },
        { name: "prod-mysql-r1", outcome: "pending" },
        { name: "prod-mysql-r2", outcome: "pending" },
      ],
    });
    expect(lab.wholeCard()).toMatch(/^prod-84 · Switching over: 1 of 3 switched over$/m);
    expect(lab.entries().at(-1)).toMatch(/^\*Switching over: 1 of 3 switched over\*$/m);
    expect(lab.said()).not.toMatch(DELETES_GREEN);
    expect(lab.said()).not.toMatch(/Switched over\b(?!:)|go back by hand|Rename|Delete old blue/);

    lab.shows(PROD.answers["all"]);
    await lab.happens(...PROD.events.slice(2));
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject({ phase: "switched-over", severity: "good", production: "green", offers: [] });
    const entries = lab.entries().filter((text) => text.startsWith("*Switched over*"));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toContain("Delete old blue `prod-mysql-old1` with `prod-mysql-r1-old1`, `prod-mysql-r2-old1`");
    expect(entries[0]).toContain("`prod-mysql-r1-old1` to `prod-mysql-r1`, `prod-mysql-r2-old1` to `prod-mysql-r2`");
    expect(lab.said()).not.toMatch(DELETES_GREEN);
    expect(lab.said()).not.toContain("1 of 3");
  });
});

describe("members that end one after the other are counted", () => {
  const aurora = readCase("custom-endpoints");
  const mariadb = readCase("readers-follow", (text) => text.replaceAll("mysql", "mariadb").replaceAll("prod-mariadb", "prod-mysql"));
  const first = (published: Case, done: readonly string[]) =>
    switchedOver(published.answers["before"] as Answers, (name) => (done.includes(name) ? COMPLETED : RUNNING), RUNNING);

  it.each<[string, Case, string[], string]>([
    ["MariaDB", mariadb, ["prod-mysql"], "1 of 3"],
    ["two of three", PROD, ["prod-mysql", "prod-mysql-r2"], "2 of 3"],
    ["a reader first", { ...PROD, events: PROD.events.slice(0, 1) }, ["prod-mysql-r1"], "1 of 3"],
    ["an Aurora cluster before its instances", aurora, ["my-aurora-mysql-cluster"], "1 of 6"],
  ])("%s", async (_what, published, done, count) => {
    const lab = await untilOne(
      { ...published, events: published.events.slice(0, published === aurora ? 0 : 2) },
      first(published, done),
      true,
    );
    expect(await lab.stands()).toMatchObject({ phase: "switching-over", production: "mixed", offers: [] });
    expect(lab.wholeCard()).toContain(`Switching over: ${count} switched over`);
    expect(lab.said()).not.toMatch(DELETES_GREEN);
    expect(lab.said()).not.toMatch(/go back by hand|Rename|Delete old blue/);
  });
});
