import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Execution } from "../../../local/engine/execution.ts";
import { type BlueItem, blueKey } from "../../../src/operations/claim.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openRequests, resumeRequest } from "../../../src/operations/requests.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, told } from "../../support/lab/stage.ts";
import { accepted, confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";
import { type Functions, openFunctions } from "./handling.ts";

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
let id: string;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  ports = portsOf(lab);
  lab.rds.hasten(10);
  id = await ruined(lab);
  await confirm(id, ports);
});

const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
const claim = async () => (await ports.records.read<BlueItem>(blueKey((await request())?.blue ?? "")))?.claim;
const counts = () => [accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")];
const facts = () => lab.bus.events.map((event) => event["detail-type"]).filter((type) => type.startsWith("Operation"));

/** Waits, in a task of the clock, until the execution has ended. */
async function ended({ engine, output }: Functions, execution: Execution): Promise<OperationOutput> {
  while (engine.get(execution.arn)?.status === "RUNNING") await pass(lab, 5_000);
  return output(execution);
}

/**
 * Starts the recreation, and stops its execution once the condition holds, as a person does with Lambda's own means; the release function
 * gets the event.
 */
async function stopOnce(functions: Functions, isSo: () => unknown): Promise<string> {
  const { arn } = await functions.begin();
  for (let look = 0; look < 3_000 && !(await isSo()); look += 1) await pass(lab, 1_000);
  await functions.engine.stop(arn);
  expect((await claim())?.owner).toBe(arn);
  await functions.release({ detail: { durableExecutionArn: arn, status: "STOPPED" } });
  return arn;
}

describe("a recreation whose execution is stopped", () => {
  it("after the deletion lets go of the database, says so, and goes on when it is resumed: one creation, under the name it was to have", async () => {
    const functions = await openFunctions(lab);
    await lab.clock.work(async () => {
      // It has reported the deletion by then: nobody else may report meanwhile.
      const deletedFor = async () => lab.clock.now() - Date.parse((await request())?.deletedAt ?? "");
      const arn = await stopOnce(functions, async () => (await deletedFor()) > 5_000);
      expect(await claim()).toBeUndefined();
      const stopped = await request();
      expect(stopped).toMatchObject({ outcome: { result: "failed" }, usedBy: arn });
      expect(wordsOf(stopped?.outcome)).toMatch(
        /^It ended without a report: Lambda says STOPPED\. orders-15 is deleted with green, and nothing was created in its place\. .*Once the cause is gone: .*recreate orders-15$/,
      );
      expect(facts()).toEqual(["Operation Started", "Operation Failed"]);
      expect(told(lab)).toContain("  Recreation failed, there is no green now");
      expect((await openRequests(ports.records)).map(({ key }) => key)).toEqual([requestKey(REQUEST)]);

      await resumeRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
      const output = await ended(functions, await functions.begin());
      expect(output).toMatchObject({ outcome: "done" });
      expect(await ports.rds.deployments()).toMatchObject([
        { id: output.deployment, name: stopped?.intent?.create.BlueGreenDeploymentName },
      ]);
    });
    expect(counts()).toEqual([1, 2]);
    expect(await claim()).toBeUndefined();
    expect(facts()).toEqual(["Operation Started", "Operation Failed", "Operation Started", "Operation Finished"]);
    expect((await request())?.resumed).toMatchObject([{ by: { name: "oncall" } }]);
  });

  it("after the creation says what there is, and is not resumed: the new deployment goes on by itself", async () => {
    const functions = await openFunctions(lab);
    await lab.clock.work(async () => {
      await stopOnce(functions, async () => (await request())?.created);
      const { outcome, created } = (await request()) ?? {};
      expect(wordsOf(outcome)).toMatch(
        /^It ended without a report: Lambda says STOPPED\. The guard has not changed blue\. Once the cause is gone: .*recreate orders-15-0f9a2c41$/,
      );
      const resumed = await resumeRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
      expect(resumed).toMatchObject({ outcome, created });
      expect(await ended(functions, await functions.begin())).toEqual({ outcome: "duplicate" });
      expect(await claim()).toBeUndefined();
    });
    expect(counts()).toEqual([1, 2]);
  });

  it("before anything was changed says that nothing was", async () => {
    const functions = await openFunctions(lab);
    await lab.clock.work(async () => {
      await stopOnce(functions, async () => (await request())?.usedBy && (await claim()));
      expect(inWords(await request())).toMatchObject({
        outcome: { result: "refused", text: expect.stringMatching(/The guard has changed nothing\.$/) },
      });
      expect(await claim()).toBeUndefined();
      await pass(lab, 10 * MINUTE);
    });
    expect(counts()).toEqual([0, 1]);
  });
});

it("an execution that has run out of its time lets go of the database, too", async () => {
  lab.rds.faults.stickCreation();
  const functions = await openFunctions(lab, {}, 10 * MINUTE);
  await lab.clock.work(async () => {
    const { arn } = await functions.begin();
    await pass(lab, 11 * MINUTE);
    await functions.release({ detail: { durableExecutionArn: arn, status: "TIMED_OUT" } });
  });
  expect(inWords(await request())).toMatchObject({
    outcome: { result: "failed", text: expect.stringContaining("It ended without a report: Lambda says TIMED_OUT") },
  });
  expect(await claim()).toBeUndefined();
});

describe("the release function", () => {
  it("leaves an execution alone that runs, whatever the event says, and one that ended by itself", async () => {
    const functions = await openFunctions(lab);
    await lab.clock.work(async () => {
      const execution = await functions.begin();
      for (let look = 0; look < 60 && !(await claim()); look += 1) await pass(lab, 1_000);
      await functions.release({ detail: { durableExecutionArn: execution.arn, status: "FAILED" } });
      expect((await claim())?.owner).toBe(execution.arn);
      expect(await ended(functions, execution)).toMatchObject({ outcome: "done" });
      const before = await request();
      await functions.release({ detail: { durableExecutionArn: execution.arn, status: "STOPPED" } });
      expect(await request()).toEqual(before);
    });
    expect(counts()).toEqual([1, 2]);
  });

  it("fails loudly for an event without an execution, and for one that Lambda does not know", async () => {
    const functions = await openFunctions(lab);
    await expect(functions.release({ detail: { status: "STOPPED" } })).rejects.toThrow("The event names no durable execution");
    const unknown = functions.release({ detail: { durableExecutionArn: "arn:aws:lambda:forged", status: "STOPPED" } });
    await expect(unknown).rejects.toThrow("An execution ended whose request cannot be told: arn:aws:lambda:forged");
    expect((await request())?.outcome).toBeUndefined();
  });
});
