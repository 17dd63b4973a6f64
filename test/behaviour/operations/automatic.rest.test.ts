import { describe, expect, it } from "vitest";
import { cancelRequest } from "../../../src/operations/requests.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted, confirm, REQUEST } from "../../support/operations/recreating.ts";
import { inWords } from "../../support/operations/words.ts";

const deletions = (lab: Guarded) => accepted(lab, "DeleteBlueGreenDeployment");

describe("where the policy says recreate, a degraded deployment", () => {
  it("stays as it is where somebody held it, and the policy leaves that database alone until a person has recreated", async () => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 4 });
    await lab.play(async () => {
      const first = await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 2 * MINUTE);
      const [held = ""] = lab.requested();
      await cancelRequest(lab.ports.records, held, { name: "oncall" }, lab.clock.now());
      const { outcome } = await lab.ended(held);
      expect(outcome).toMatchObject({ result: "cancelled", said: { why: { code: "held", by: { name: "oncall" } } } });
      expect((await lab.blue())?.held?.since).toEqual(outcome?.said);
      await pass(lab, 10 * MINUTE);
      expect(lab.thread()).toContain("Recreation stopped");
      expect(deletions(lab)).toBe(0);

      await lab.ports.rds.deleteWithGreen(first);
      await lab.until("it is deleted", async () => (await lab.ports.rds.deployments()).length === 0);
      const second = await lab.ready({ name: "again" });
      lab.rds.runDdl("orders", "ALTER TABLE");
      await lab.until("the policy asks for the second", () => lab.requested().length === 2);
      expect(inWords(await lab.ended())).toMatchObject({
        outcome: { result: "refused", text: expect.stringContaining("A person has to decide. oncall put it on hold at") },
      });
      expect(deletions(lab)).toBe(1);

      await confirm(second, lab.ports);
      lab.ask(REQUEST);
      expect(await lab.ended(REQUEST)).toMatchObject({ outcome: { result: "done" } });
      expect((await lab.blue())?.held).toBeUndefined();

      lab.rds.runDdl("orders", "ALTER TABLE");
      await lab.until("the policy asks for the third", () => lab.requested().length === 4);
      expect(await lab.ended()).toMatchObject({ via: "policy", outcome: { result: "done" } });
    });
  });

  it("is left to a person whose request comes while it settles", async () => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 5 });
    await lab.play(async () => {
      const id = await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 3 * MINUTE);
      const [policys = ""] = lab.requested();
      await confirm(id, lab.ports);
      lab.ask(REQUEST);
      expect(await lab.ended(REQUEST)).toMatchObject({ outcome: { result: "done" } });
      const words = /^A recreation that a person asked for is under way on this database\./;
      expect(inWords((await lab.ended(policys)).outcome)).toMatchObject({ result: "refused", text: expect.stringMatching(words) });
      await pass(lab, 30 * MINUTE);
    });
    expect([deletions(lab), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });
});
