import { describe, expect, it } from "vitest";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { planRecreation } from "../../../src/operations/recreate/plan.ts";
import { DELETES_GREEN, openCase, readCase } from "../../support/cases/case-lab.ts";
import { portsOf, REQUEST } from "../../support/operations/recreating.ts";

// Source: aws/aws-cli, awscli/examples/rds/describe-blue-green-deployments.rst, examples 2 and 3: SwitchoverDetails of an Aurora MySQL
// deployment list the cluster's custom endpoints.
const PUBLISHED = readCase("custom-endpoints");
const check = async (lab: Awaited<ReturnType<typeof openCase>>, id: string) => (await lab.stands()).checklist.find((it) => it.id === id);

describe("a deployment with custom endpoints", () => {
  it.each([
    ["of Aurora MySQL, as AWS published it", PUBLISHED],
    [
      "of Aurora PostgreSQL",
      readCase("custom-endpoints", (text) =>
        text
          .replaceAll('"aurora-mysql"', '"aurora-postgresql"')
          .replaceAll(/"(5\.7|8\.0)\.mysql_aurora[^"]+"/g, (it) => (it.startsWith('"5') ? '"15.5"' : '"16.4"')),
      ),
    ],
    // RDS describes endpoints in another call, which may be answered with none.
    [
      "whose endpoints RDS does not describe",
      { ...PUBLISHED, answers: { before: { ...PUBLISHED.answers["before"], DBClusterEndpoints: [] } } },
    ],
  ])("is ready, and calls endpoints endpoints: %s", async (_what, published) => {
    const lab = await openCase(published as typeof PUBLISHED, { first: "before", lost: true });
    await lab.sweeps();
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "ready", severity: "good", offers: ["switchover"] });
    expect(stands.checklist.filter(({ result }) => result === "fail")).toEqual([]);
    expect(stands.members.filter(({ kind }) => kind === "cluster-endpoint").map(({ name }) => name)).toEqual([
      "my-excluded-member-endpoint",
      "my-reader-endpoint",
    ]);
    expect(JSON.stringify(stands)).not.toMatch(/RDS does not know|See what became of/);
  });

  it("is planned to be created again with its endpoints called endpoints", async () => {
    const lab = await openCase(PUBLISHED, { first: "before", lost: true });
    await lab.sweeps();
    const { plan } = await planRecreation("bgd-wi89nwzglccsfake", REQUEST, portsOf(lab));
    const deleted = plan.deletes.map((it) => words.doomedText(it, inTerminal)).join("\n");
    for (const name of ["my-excluded-member-endpoint-green-4sqjrq", "my-reader-endpoint-green-gwwzlg"]) {
      expect(deleted).toMatch(new RegExp(`endpoint .?${name}`, "i"));
      expect(deleted).not.toMatch(new RegExp(`instance .?${name}`, "i"));
    }
  });

  it("is not ready while an endpoint is not available", async () => {
    const published = readCase("custom-endpoints", (text) =>
      text.replace(/("cluster-endpoint-GREEN2"[^}]*"Status": )"available"/, '$1"modifying"'),
    );
    const lab = await openCase(published, { first: "before", lost: true });
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject({ phase: "waiting", offers: [] });
    expect((await check(lab, "databases-available"))?.reason).toContain("my-reader-endpoint-green-gwwzlg is modifying");
  });

  it.each([
    ["by its event", false],
    ["though the event is lost", true],
  ])("is switched over with all that it has, and no endpoint is to be renamed back: %s", async (_way, lost) => {
    const lab = await openCase(PUBLISHED, { first: "before", lost });
    await lab.sweeps();
    lab.shows(PUBLISHED.answers["after"]);
    await lab.happens(...PUBLISHED.events);
    await lab.sweeps();
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "switched-over", production: "green", offers: [] });
    expect(stands.members).toHaveLength(6);
    const entry = lab.entries().find((text) => text.startsWith("*Switched over*")) ?? "";
    expect(entry).toContain("Custom endpoints cannot be renamed: create `my-excluded-member-endpoint`, `my-reader-endpoint` anew");
    expect(entry).not.toMatch(/^\d\. Rename .*endpoint/m);
    expect(lab.said()).not.toMatch(DELETES_GREEN);
  });
});

describe("a member of a kind that the guard does not look up is unknown, which a person may accept, and is named", () => {
  it.each(["shard-group", "proxy-endpoint"])("%s", async (kind) => {
    const published = readCase("custom-endpoints", (text) => text.replaceAll(":cluster-endpoint:my-reader", `:${kind}:my-reader`));
    const lab = await openCase(published, { first: "before", lost: true });
    await lab.sweeps();
    const found = await check(lab, "databases-available");
    expect(found).toMatchObject({ result: "unknown", reason: expect.stringContaining(`my-reader-endpoint (kind ${kind}, AVAILABLE)`) });
    const { checklist } = await lab.stands();
    expect(checklist.filter(({ result }) => result === "fail")).toEqual([]);
    expect(JSON.stringify(checklist)).not.toContain("RDS does not know");
  });
});

describe("a member that is an Aurora Global Database", () => {
  const published = readCase("custom-endpoints", (text) => text.replaceAll(":cluster-endpoint:my-reader", ":global-cluster:my-reader"));

  it("fails the checklist and the plan before anything is touched", async () => {
    const lab = await openCase(published, { first: "before", lost: true });
    await lab.sweeps();
    expect(await check(lab, "databases-available")).toMatchObject({ result: "fail", reason: expect.stringContaining("Global Database") });
    const { plan } = await planRecreation("bgd-wi89nwzglccsfake", REQUEST, portsOf(lab));
    expect(plan.checks.find(({ id }) => id === "global-database")).toMatchObject({ result: "fail" });
  });
});
