import { describe, expect, it } from "vitest";
import { type Answers, type Case, DELETES_GREEN, openCase, readCase, replayed } from "../../support/cases/case-lab.ts";
import { switchedOver } from "../../support/cases/switched-over.ts";

// Source: github.com/xiaofeng8458/kiro-agent-canal-cutover, reports/rehearsal-report-2026-08-15.md, section 4.1: RDS for MySQL 8.0.42 to
// 8.4.10. RDS said SWITCHOVER_COMPLETED of the deployment and SWITCHOVER_FAILED of the reader, whose name went on leading to frozen data.
const CANAL = readCase("partial-switchover");
// Sources: RDS API, SwitchoverDetail.Status (MISSING_TARGET); Aurora User Guide, blue-green-deployments-deleting.
const LEDGER = readCase("missing-green-at-switchover");

const PARTLY = { phase: "partly-switched-over", severity: "critical", production: "mixed", offers: [] };
const COMPLETED = "SWITCHOVER_COMPLETED";
const FAILED = "SWITCHOVER_FAILED";
const answersOf = ({ answers }: Case, when: string): Answers => answers[when] as Answers;

/** Plays the case up to two looks after its end, with `after` for what RDS answers then. */
async function played(published: Case, after: Answers | undefined, lost: boolean) {
  const lab = await openCase(published, { first: "before", lost });
  await lab.sweeps();
  const ends = published.events.findIndex(({ Message }) => Message.includes("completed"));
  await lab.happens(...published.events.slice(0, ends));
  lab.shows(after);
  await lab.happens(...published.events.slice(ends));
  await lab.sweeps(2);
  return lab;
}

/** What may not be said once a member was switched. */
function expectNothingDangerous(said: string): void {
  expect(said).not.toMatch(DELETES_GREEN);
  expect(said).not.toMatch(
    /nothing has changed|Blue is (still|not affected)|stays production|Delete old blue|go back by hand|switch over again/i,
  );
}

describe.each([
  ["by its events", false],
  ["though every event is lost", true],
])("a switchover that RDS completed and that left the reader behind is told as partly switched over, %s", (_way, lost) => {
  it("with each member's end, and with nothing to delete, to rename or to press", async () => {
    const lab = await played(CANAL, CANAL.answers["after"], lost);
    const stands = await lab.stands();
    expect(stands).toMatchObject(PARTLY);
    expect(stands.members).toEqual([
      { name: "canal-primary", kind: "instance", outcome: "switched" },
      { name: "canal-reader", kind: "instance", outcome: "failed" },
    ]);
    expect(lab.card()).toBe(stands.card);
    expect(lab.wholeCard()).toMatch(/`canal-reader` was \*not\* switched over \(SWITCHOVER_FAILED\): the name still leads to .*8\.0\.42/);
    expect(lab.card()).toMatch(/^🔴 canal-rehearsal-bg · /u);
    expect(Object.entries(lab.severities()).filter(([title]) => /Partly switched over/.test(title))).toEqual([
      [expect.stringMatching(/ · /), "critical"],
      [expect.stringMatching(/^Partly/), "critical"],
    ]);
    expectNothingDangerous(lab.said());
    const [entry, ...others] = lab.entries().filter((text) => text.startsWith("*Partly switched over"));
    expect(others).toEqual([]);
    expect(entry).toMatch(/reported by .*canal-primary/m);
    expect(lab.entries().filter((text) => text.startsWith("*Switched over*"))).toEqual([]);
    const onTheBus = lab.bus.events.map((event) => event["detail-type"]).filter((type) => type.startsWith("Switchover"));
    expect(onTheBus).toEqual(["Switchover Partly Completed"]);
  });

  it("with the member that had no green any more, though advice to delete green was given before", async () => {
    const lab = await played(LEDGER, LEDGER.answers["after"], lost);
    expect(await lab.stands()).toMatchObject({
      ...PARTLY,
      members: [
        { name: "ledger", outcome: "switched" },
        { name: "ledger-1", outcome: "switched" },
        { name: "ledger-2", outcome: "missing" },
      ],
    });
    expect(lab.wholeCard()).toContain("`ledger-2` was *not* switched over (MISSING_TARGET)");
    expectNothingDangerous(lab.said());
  });
});

describe("a replay of what was saved after it", () => {
  it.each<[string, Case]>([
    ["a failed reader", CANAL],
    ["a member without green", LEDGER],
    // Source: cloud-gov/aws-broker#360: ARNs of the partition aws-us-gov.
    [
      "GovCloud",
      readCase("partial-switchover", (text) => text.replaceAll("arn:aws:rds:ap-northeast-1", "arn:aws-us-gov:rds:us-gov-west-1")),
    ],
  ])("says so: %s", async (_what, published) => {
    const stands = await replayed(published, published.answers["after"]);
    expect(stands).toMatchObject(PARTLY);
    expectNothingDangerous(stands.card);
  });
});

/** The event of the primary alone says that its switchover is completed. */
const withoutItsEvent: Case = { ...CANAL, events: CANAL.events.filter(({ EventID }) => EventID !== "RDS-EVENT-0251") };
const engine = (name: string) => readCase("partial-switchover", (text) => text.replaceAll("mysql", name));
const endpoints = readCase("custom-endpoints");
const failing = (published: Case, failed: readonly string[], status?: string) =>
  switchedOver(answersOf(published, "before"), (name) => (failed.includes(name) ? FAILED : COMPLETED), status);
const reversed = (answers: Answers): Answers => ({
  ...answers,
  BlueGreenDeployments: answers.BlueGreenDeployments.map((it) => ({ ...it, SwitchoverDetails: it.SwitchoverDetails?.toReversed() })),
});

describe("members that end differently are told as partly switched over", () => {
  it.each<[string, Case, Answers, string[]]>([
    ["MariaDB", engine("mariadb"), failing(engine("mariadb"), ["canal-reader"]), ["canal-reader"]],
    ["PostgreSQL", engine("postgres"), failing(engine("postgres"), ["canal-reader"]), ["canal-reader"]],
    ["the primary, not the reader", withoutItsEvent, failing(CANAL, ["canal-primary"]), ["canal-primary"]],
    ["listed in another order", CANAL, reversed(failing(CANAL, ["canal-reader"])), ["canal-reader"]],
    ["with SWITCHOVER_FAILED for the deployment", CANAL, failing(CANAL, ["canal-reader"], FAILED), ["canal-reader"]],
    [
      "instances of an Aurora cluster",
      endpoints,
      failing(endpoints, ["my-aurora-mysql-cluster-2", "my-aurora-mysql-cluster-3"]),
      ["my-aurora-mysql-cluster-2", "my-aurora-mysql-cluster-3"],
    ],
    ["a custom endpoint alone", endpoints, failing(endpoints, ["my-reader-endpoint"]), ["my-reader-endpoint"]],
  ])("%s", async (_what, published, after, failed) => {
    const lab = await played(published, after, true);
    const stands = await lab.stands();
    expect(stands).toMatchObject(PARTLY);
    expect(stands.members.filter(({ outcome }) => outcome === "failed").map(({ name }) => name)).toEqual(failed);
    for (const name of failed) expect(lab.wholeCard()).toContain(`\`${name}\` was *not* switched over`);
    expectNothingDangerous(lab.said());
  });

  // Text: AWS's template of RDS-EVENT-0252.
  it("without a word of a rollback where the reader's own event says that it was cancelled", async () => {
    const lab = await played(CANAL, CANAL.answers["after"], false);
    await lab.happens({
      SourceType: "DB_INSTANCE",
      SourceIdentifier: "canal-reader",
      EventID: "RDS-EVENT-0252",
      EventCategories: ["failure"],
      Date: new Date(lab.clock.now()).toISOString(),
      Message: "Switchover from read replica canal-reader to canal-reader-green-abcdef was canceled due to stopped replication.",
    });
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject(PARTLY);
    expect(lab.entries().join("\n")).toContain("stopped replication");
    expectNothingDangerous(lab.said());
  });
});
