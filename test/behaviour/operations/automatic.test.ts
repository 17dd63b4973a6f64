import { DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted } from "../../support/operations/recreating.ts";

const deletions = (lab: Guarded) => accepted(lab, "DeleteBlueGreenDeployment");
const deletedAt = (lab: Guarded) => lab.rds.calls.find(({ action }) => action === "DeleteBlueGreenDeployment")?.date;

describe("where the policy says recreate, a degraded deployment", () => {
  it("is announced in Slack, deleted ten minutes after the last DDL and created again", async () => {
    const lab = await openGuarded({ onDegraded: "recreate" });
    await lab.play(async () => {
      const id = await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 7 * MINUTE);
      expect(lab.thread().slice(-2)).toEqual(["Replication is degraded: switchover is blocked", "Will be deleted and created again"]);
      const announcement = lab.slack.messages.map(messageText).find((text) => text.includes("Will be deleted and created again"));
      expect(announcement).toContain("npx bluegreen-guard cancel orders-15");
      lab.rds.runDdl("orders", "ALTER TABLE");
      const last = lab.clock.now();
      await pass(lab, 10 * MINUTE - 1);
      expect(deletions(lab)).toBe(0);
      const request = await lab.ended();
      expect(request).toMatchObject({ via: "policy", requestedBy: "policy", outcome: { result: "done" }, deploymentId: id });
      expect(Date.parse(deletedAt(lab) ?? "") - last).toBeLessThan(11 * MINUTE);
      expect(await lab.ports.rds.deployments()).toMatchObject([{ id: request.created, status: "AVAILABLE" }]);
      expect(await lab.blue(request)).not.toHaveProperty("claim");
      await pass(lab, 6 * MINUTE);
      expect(lab.thread()).toEqual(expect.arrayContaining(["Being deleted and created again", "Created again"]));
    });
    expect([deletions(lab), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });

  it("is not said to be deleted by the guard any more once a person has deleted it in the console", async () => {
    const lab = await openGuarded({ onDegraded: "recreate" });
    await lab.play(async () => {
      const id = await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 7 * MINUTE);
      expect(lab.thread()).toContain("Will be deleted and created again");
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true }));
      await pass(lab, 30 * MINUTE);
    });
    const announcement = lab.slack.messages.map(messageText).find((text) => /The policy lets? the guard/.test(text));
    expect(announcement).toContain("Was to be deleted and created again");
    expect(announcement).toContain("nothing is left to delete");
    expect(announcement).not.toMatch(/will delete|cancel orders-15/);
    expect(accepted(lab, "CreateBlueGreenDeployment")).toBe(1);
  });

  it("is recreated once, however often DDL runs and its request is put on the bus", async () => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 5 });
    await lab.play(async () => {
      await lab.ready();
      for (let minute = 0; minute < 5; minute += 1) {
        lab.rds.runDdl("orders", "ALTER TABLE");
        await pass(lab, MINUTE);
      }
      const [id = "", ...others] = lab.requested();
      expect(others).toEqual([]);
      lab.ask(id);
      await lab.ended();
      lab.ask(id);
      await pass(lab, 30 * MINUTE);
      expect(lab.requested()).toEqual([id]);
    });
    expect([deletions(lab), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });
});
