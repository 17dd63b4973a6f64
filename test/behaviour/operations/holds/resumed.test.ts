import { expect, it, onTestFinished, vi } from "vitest";
import { resumeRequest } from "../../../../src/operations/requests.ts";
import { HOUR, pass } from "../../../support/handlers/sweeping.ts";
import { openTestLab } from "../../../support/lab/stage.ts";
import { accepted, confirm, openRecreateEngine, portsOf, REQUEST, ruined } from "../../../support/operations/recreating.ts";
import { answeredWith } from "./recreate-with.ts";

vi.setConfig({ testTimeout: 120_000 });

it("who goes on with what is said to be gone deletes nothing by the old plan where it is there after all", async () => {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const ports = portsOf(lab);
  const id = await ruined(lab);
  lab.rds.hasten(30);
  await confirm(id, ports);
  const run = async (bent = ports) => {
    const { run, close } = await openRecreateEngine(lab, bent);
    return run().finally(close);
  };
  const deleteWithGreen = () => Promise.reject(answeredWith("InternalFailure", 500));
  expect(await run({ ...ports, rds: { ...ports.rds, deleteWithGreen } })).toMatchObject({ outcome: "failed" });
  await lab.clock.work(() => pass(lab, 72 * HOUR));
  await resumeRequest(ports.records, REQUEST, "oncall", lab.clock.now());
  expect(await run()).toMatchObject({
    outcome: "failed",
    text: expect.stringMatching(
      /^At the deletion: orders-15 \(bgd-\S+\) is there, and is not being deleted\. Nothing is deleted by a plan of before\./,
    ),
  });
  expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
});
