import { SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted, confirm, REQUEST } from "../../support/operations/recreating.ts";
import { inWords } from "../../support/operations/words.ts";
import { expectAsked } from "./asked.ts";

let lab: Guarded;
beforeEach(async () => {
  lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
});

const deletions = () => accepted(lab, "DeleteBlueGreenDeployment");

describe("a person is asked instead, in the deployment's thread and with nothing deleted, where", () => {
  it("Slack has not taken the announcement for ten minutes", async () => {
    await lab.play(async () => {
      await lab.ready();
      const since = lab.clock.now();
      lab.slack.faults.down(since, since + 40 * MINUTE);
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(lab, /Slack did not accept the announcement/);
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
      await expectAsked(lab, /INVALID_CONFIGURATION/);
      expect(deletions()).toBe(2);
      await confirm(next, lab.ports);
      lab.ask(REQUEST);
      expect(await lab.ended(REQUEST)).toMatchObject({ outcome: { result: "done" } });
      expect((await lab.blue())?.held).toBeUndefined();
    });
  });

  it("a switchover of it has failed before, though RDS calls it INVALID_CONFIGURATION by now", async () => {
    // Here a person switches over, which `play` would take for the guard's.
    await lab.clock.work(async () => {
      const id = await lab.ready();
      lab.rds.faults.failSwitchover("a guardrail");
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await lab.until("it has failed", async () => (await lab.ports.rds.deployment(id))?.status === "SWITCHOVER_FAILED");
      lab.rds.runDdl("orders", "ALTER TABLE");
      lab.rds.invalidate(id, "a member is not in sync");
      await expectAsked(lab, /A switchover of it has failed: only a person may have green deleted now\./);
      expect(deletions()).toBe(0);
      await confirm(id, lab.ports);
      lab.ask(REQUEST);
      expect(inWords((await lab.ended(REQUEST)).outcome)).toMatchObject({
        result: "refused",
        text: expect.stringContaining("only where a person asks for just that"),
      });
      expect(deletions()).toBe(0);
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
      await expectAsked(lab, /2 times by itself within 24 hours, and may do so at most 2 times/);
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
