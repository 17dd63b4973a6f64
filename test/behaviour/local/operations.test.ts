import { expect, it, onTestFinished } from "vitest";
import type { Execution } from "../../../local/engine/execution.ts";
import { openExecutionStore } from "../../../local/engine/store.ts";
import { openLocalOperations } from "../../../local/operations.ts";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { takeRequest } from "../../../src/operations/use-request.ts";
import { connectedTo } from "../../support/connected.ts";
import { openTestLab } from "../../support/lab/stage.ts";
import { temporaryFolder } from "../../support/local/engine.ts";
import { confirm, portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { ready } from "../../support/operations/switching.ts";
import { inWords } from "../../support/operations/words.ts";

const ARN = "arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:1/durable-execution/one/1";

it("a process killed between the end of an execution and the release of its database leaves nothing that the next one does not mend", async () => {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const id = await ready(lab);
  const ports = portsOf(lab);
  await confirm(id, ports);
  const taken = await takeRequest(REQUEST, ARN, ports);
  if (taken.result !== "ours") throw new Error(`The claim was not taken: ${taken.result}.`);
  const folder = await temporaryFolder();
  const store = await openExecutionStore(folder);
  const counts = { invocations: 3, checkpoints: 9, metered: 0, operations: [], timers: [], startedAt: lab.clock.now() };
  const input = JSON.stringify({ requestId: REQUEST });
  const execution: Execution = { ...counts, arn: ARN, workflow: "recreate", name: "one", status: "FAILED", input };
  await store.save(execution);
  await store.close();
  const operations = await openLocalOperations(folder, lab.clock, connectedTo(lab));
  onTestFinished(() => operations.close());
  expect((await readBlue(taken.request.blue, lab.records)).claim).toBeUndefined();
  expect(inWords((await lab.records.read<OperationRequest>(requestKey(REQUEST)))?.outcome)).toMatchObject({
    result: "refused",
    text: "It ended without a report: Lambda says FAILED. The guard has changed nothing.",
  });
});
