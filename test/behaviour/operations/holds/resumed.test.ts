import { describe, expect, it, onTestFinished } from "vitest";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { resumeRequest } from "../../../../src/operations/requests.ts";
import { HOUR, MINUTE, pass } from "../../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../../support/lab/stage.ts";
import { accepted, confirm, openRecreateEngine, portsOf, REQUEST, ruined } from "../../../support/operations/recreating.ts";
import { inWords } from "../../../support/operations/words.ts";
import { answeredWith } from "./recreate-with.ts";

/** Seconds from when a person goes on with what failed after the deletion until the creation begins, where RDS's answers are bent by then. */
async function goneOnWithin(
  bend: (lab: TestLab, ports: ReturnType<typeof portsOf>) => Partial<ReturnType<typeof portsOf>>,
): Promise<number> {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const ports = portsOf(lab);
  lab.rds.hasten(30);
  await confirm(await ruined(lab), ports);
  const run = async (bent: Partial<typeof ports>) => {
    const { run, close } = await openRecreateEngine(lab, { ...ports, ...bent });
    return run().finally(close);
  };
  const create = () => Promise.reject(answeredWith("DBClusterParameterGroupNotFoundFault", 404));
  expect(await run({ rds: { ...ports.rds, create } })).toMatchObject({ outcome: "failed" });
  await lab.clock.work(() => pass(lab, 30 * MINUTE));
  const at = lab.clock.now();
  await resumeRequest(ports.records, REQUEST, { name: "oncall" }, at);
  expect(await run(bend(lab, ports))).toMatchObject({ outcome: "done" });
  expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(1);
  const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
  return (Date.parse(request?.creationBegunAt ?? "") - at) / 1_000;
}

describe("who goes on with an operation whose deployment is deleted", () => {
  it("waits for one look where RDS's own event says that this deployment was deleted since", async () => {
    expect(await goneOnWithin(() => ({}))).toBeLessThan(10);
  });

  it.each<[string, Parameters<typeof goneOnWithin>[0]]>([
    ["lists no such event", () => ({ isDeleted: async () => false })],
    ["does not answer", () => ({ isDeleted: () => Promise.reject(answeredWith("Throttling")) })],
    [
      "lists only the deletion of another deployment",
      (_lab, ports) => ({ isDeleted: (it, since) => ports.isDeleted({ ...it, id: "bgd-another" }, since) }),
    ],
  ])("waits for a minute of looks where RDS %s", async (_case, bend) => {
    expect(await goneOnWithin(bend)).toBeGreaterThanOrEqual(60);
  });
});

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
  await resumeRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
  expect(inWords(await run())).toMatchObject({
    outcome: "failed",
    text: expect.stringMatching(
      /^The deletion failed: orders-15 still exists, and is not being deleted\. The plan is outdated, so the guard deletes nothing\./,
    ),
  });
  expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
});
