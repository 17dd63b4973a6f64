import { beforeEach, describe, expect, it, vi } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { HOUR, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted, confirm, REQUEST } from "../../support/operations/recreating.ts";

vi.setConfig({ testTimeout: 120_000 });

let lab: Guarded;
beforeEach(async () => {
  lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
});

const deletions = () => accepted(lab, "DeleteBlueGreenDeployment");

/** Waits until the policy's latest request has ended, and expects that a person was asked, in Slack, with these words. */
async function expectAsked(words: RegExp): Promise<void> {
  const request = await lab.ended();
  expect(request).toMatchObject({ via: "policy", outcome: { result: "refused", text: expect.stringMatching(/^A person is asked: /) } });
  expect(request.outcome?.text).toMatch(words);
  await lab.until("Slack has it", () => lab.thread().includes("Recreate? A person has to decide"), 60);
  const entry = lab.slack.messages.map(messageText).find((text) => text.includes("A person has to decide"));
  expect(entry).toMatch(words);
  expect(entry).toContain(`npx bluegreen-guard recreate ${request.deploymentName}`);
  expect((await lab.blue(request))?.claim).toBeUndefined();
}

/** A degraded event on its way to the guard that RDS has never sent. */
function forged(): unknown {
  const at = new Date(lab.clock.now()).toISOString();
  const arn = "arn:aws:rds:ap-northeast-1:123456789012:db:orders-1";
  return {
    version: "0",
    id: "00000000-0000-4000-8000-000000000000",
    "detail-type": "RDS DB Instance Event",
    source: "aws.rds",
    account: "123456789012",
    time: `${at.slice(0, 19)}Z`,
    region: "ap-northeast-1",
    resources: [arn],
    detail: {
      EventCategories: ["notification"],
      SourceType: "DB_INSTANCE",
      SourceArn: arn,
      Date: at,
      Message: "Replication has been degraded.",
      SourceIdentifier: "orders-1",
    },
  };
}

describe("a person is asked instead, in the deployment's thread and with nothing deleted, where", () => {
  it("a check is unknown, such as what IAM would allow", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.iam.closed = true;
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(/SimulatePrincipalPolicy/);
      expect(deletions()).toBe(0);
    });
  });

  it("a check has failed", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.rds.parameterGroups.remove("cluster", "green-15");
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(/green-15/);
      expect(deletions()).toBe(0);
    });
  });

  it("only an event says that it is degraded, and DescribeEvents does not", async () => {
    await lab.play(async () => {
      await lab.ready();
      await lab.give(forged());
      await expectAsked(/DescribeEvents lists no event that says so: the degradation is not confirmed/);
      expect(deletions()).toBe(0);
    });
  });

  it("green has deletion protection", async () => {
    await lab.play(async () => {
      await lab.ready();
      const [deployment] = await lab.ports.rds.deployments();
      lab.rds.change(deployment?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(/Green has deletion protection/);
      expect([deletions(), accepted(lab, "ModifyDBCluster")]).toEqual([0, 0]);
    });
  });

  it("green got deletion protection after the announcement", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, MINUTE);
      const [deployment] = await lab.ports.rds.deployments();
      lab.rds.change(deployment?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
      await expectAsked(/Green has deletion protection/);
      expect(lab.thread()).toContain("Will be deleted and created again");
      expect([deletions(), accepted(lab, "ModifyDBCluster")]).toEqual([0, 0]);
    });
  });

  it("Slack has not taken the announcement for ten minutes", async () => {
    await lab.play(async () => {
      await lab.ready();
      const since = lab.clock.now();
      lab.slack.faults.down(since, since + 40 * MINUTE);
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(/Slack did not take the announcement/);
      expect(Date.parse((await lab.request())?.outcome?.at ?? "") - since).toBeGreaterThanOrEqual(10 * MINUTE);
      expect(deletions()).toBe(0);
    });
  });

  it("the last recreation of that database has failed, until a person's has been done", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.rds.faults.failCreation("of an incompatible parameter");
      lab.rds.runDdl("orders", "ALTER TABLE");
      expect(await lab.ended()).toMatchObject({ outcome: { result: "failed" } });
      const [failed] = await lab.ports.rds.deployments();
      await lab.ports.rds.deleteWithGreen(failed?.id ?? "");
      await lab.until("it is deleted", async () => (await lab.ports.rds.deployments()).length === 0);
      const next = await lab.ready({ name: "next" });
      lab.rds.runDdl("orders", "ALTER TABLE");
      await lab.until("the policy asks for the next one", () => lab.requested().length === 2);
      await expectAsked(/INVALID_CONFIGURATION/);
      expect(deletions()).toBe(2);
      await confirm(next, lab.ports);
      lab.ask(REQUEST);
      expect(await lab.ended(REQUEST)).toMatchObject({ outcome: { result: "done" } });
      expect((await lab.blue())?.held).toBeUndefined();
    });
  });

  it("the policy has recreated on that database twice within a day; a day later it may again", async () => {
    await lab.play(async () => {
      await lab.ready();
      for (const count of [1, 2]) {
        lab.rds.runDdl("orders", "ALTER TABLE");
        await lab.until(`the policy asks ${count}`, () => lab.requested().length === count);
        expect(await lab.ended()).toMatchObject({ outcome: { result: "done" } });
      }
      lab.rds.runDdl("orders", "ALTER TABLE");
      await lab.until("the policy asks a third time", () => lab.requested().length === 3);
      await expectAsked(/2 times by itself within 24 hours, and may do so 2 times/);
      expect(deletions()).toBe(2);
      const [deployment] = await lab.ports.rds.deployments();
      await lab.ports.rds.deleteWithGreen(deployment?.id ?? "");
    });
    await lab.clock.work(() => pass(lab, 24 * HOUR));
    await lab.play(async () => {
      await lab.ready({ name: "next-day" });
      lab.rds.runDdl("orders", "ALTER TABLE");
      await lab.until("the policy asks a fourth time", () => lab.requested().length === 4);
      expect(await lab.ended()).toMatchObject({ outcome: { result: "done" } });
    });
  });
});
