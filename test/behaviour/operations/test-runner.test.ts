import { readFile } from "node:fs/promises";
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OperationOutput } from "../../../src/operations/end.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { createRecreate } from "../../../src/operations/recreate/workflow.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted, confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { inWords } from "../../support/operations/words.ts";
import { goldenName } from "./golden.ts";

// AWS's own runner: whatever this project's engine does differently shows here. It waits in real time, since its faked timers stop HTTP.

let lab: TestLab;
beforeAll(async () => {
  lab = await openTestLab();
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
});
afterAll(async () => {
  await LocalDurableTestRunner.teardownTestEnvironment();
  await lab.close();
});

/** The workflow, with a minute of the lab for each look: the runner's own clock stands nearly still. */
function runnerOf(ports: RecreatePorts): LocalDurableTestRunner<OperationOutput> {
  const deployment = async (id: string) => {
    await lab.clock.work(() => lab.clock.until(lab.clock.now() + 60_000));
    return ports.rds.deployment(id);
  };
  const handlerFunction = withDurableExecution(createRecreate({ ...ports, rds: { ...ports.rds, deployment } }));
  return new LocalDurableTestRunner({ handlerFunction });
}

it("AWS's own runner comes through the recreation with the same operations as this project's engine, and refuses a request that nobody wrote", async () => {
  const ports = portsOf(lab);
  await confirm(await ruined(lab), ports);
  lab.rds.hasten(600);
  const done = await runnerOf(ports).run({ payload: { requestId: REQUEST } });
  expect(done.getResult()).toMatchObject({ outcome: "done" });
  expect([accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  const all = done.getOperations().map((operation) => goldenName(operation.getName() ?? ""));
  const names = [...new Set(all.filter((name) => !/ (rest|again)$/.test(name)))];
  const golden = await readFile(new URL("golden/recreate-person.txt", import.meta.url), "utf8");
  expect(names).toEqual(
    golden
      .trim()
      .split("\n")
      .map((line) => line.replace(/ (STEP|CALLBACK) .*$/, "")),
  );
  const forged = await runnerOf(ports).run({ payload: { requestId: "nobody-wrote-it" } });
  expect(inWords(forged.getResult())).toMatchObject({
    outcome: "refused",
    text: expect.stringContaining("An event asked for an operation that the guard has not recorded"),
  });
});
