import { DurableExecutionClientErrorScope, type DurableLambdaHandler, withDurableExecution } from "@aws/durable-execution-sdk-js";
import { expect, it, onTestFinished } from "vitest";
import { VirtualClock } from "../../../../local/clock.ts";
import { type Execution, iso } from "../../../../local/engine/execution.ts";
import { Runner } from "../../../../local/engine/runner.ts";
import { openExecutionStore } from "../../../../local/engine/store.ts";
import { createDurableClient } from "../../../../src/clients/durable-client.ts";
import { START, temporaryFolder } from "../../../support/local/engine.ts";

const ARN = "arn:aws:lambda:ap-northeast-1:123456789012:function:work:1/durable-execution/one/1";
const EXECUTION: Execution = {
  arn: ARN,
  workflow: "work",
  name: "one",
  startedAt: START,
  status: "RUNNING",
  input: "{}",
  invocations: 0,
  checkpoints: 0,
  metered: 0,
  operations: [
    { Id: "1", Type: "EXECUTION", Name: "one", Status: "STARTED", StartTimestamp: iso(START), ExecutionDetails: { InputPayload: "{}" } },
  ],
  timers: [],
};

/** Runs two steps, between which another invocation has come in the first one's way; `around` is what stands between SDK and engine. */
async function superseded(around: (runner: Runner) => Runner | ReturnType<typeof createDurableClient>) {
  const store = await openExecutionStore(await temporaryFolder());
  const handlers = new Map<string, DurableLambdaHandler>();
  const clock = new VirtualClock(START);
  const faults: unknown[] = [];
  const runner = new Runner({ store, clock, handlers, onEnd: () => undefined, onFault: (error) => void faults.push(error) });
  onTestFinished(async () => {
    runner.close();
    await store.close();
  });
  const live = runner.track(structuredClone(EXECUTION));
  let isFirst = true;
  const done: string[] = [];
  const work = withDurableExecution(
    async (_input, context) => {
      await context.step("one", async () => void done.push("one"));
      await context.step("two", async () => {
        if (isFirst) live.nextToken();
        isFirst = false;
        done.push("two");
      });
      return "done";
    },
    { durableExecutionClient: around(runner) },
  );
  handlers.set("work", work);
  runner.kick(live);
  return { ...(await live.ended()), done, faults, runner };
}

it("an execution whose checkpoint token is stale goes on in a new invocation, from the last step that was kept", async () => {
  const { status, result, done, faults, invocations } = await superseded((runner) => createDurableClient(runner));
  expect({ status, result, invocations, done }).toEqual({
    status: "SUCCEEDED",
    result: '"done"',
    invocations: 2,
    done: ["one", "two", "two"],
  });
  expect(faults).toMatchObject([{ message: expect.stringContaining("Invalid checkpoint token") }]);
});

it("the pinned SDK alone ends such an execution: once this fails, the client in src/clients/durable-client.ts is not needed any more", async () => {
  expect(await superseded((runner) => runner)).toMatchObject({ status: "FAILED", done: ["one", "two"] });
});

it("everything else that the service refuses is left to the SDK", async () => {
  const refusal = Object.assign(new Error("Invalid payload"), {
    name: "InvalidParameterValueException",
    $metadata: { httpStatusCode: 400 },
  });
  const refusing = { getExecutionState: async () => ({ Operations: [] }), checkpoint: () => Promise.reject(refusal) };
  await expect(createDurableClient(refusing).checkpoint({ DurableExecutionArn: ARN, CheckpointToken: "1" })).rejects.toBe(refusal);
});

it.each(["ThrottlingException", "ExpiredTokenException"])("%s at a checkpoint ends the invocation, not the execution", async (name) => {
  const passing = Object.assign(new Error("Not now"), { name, $metadata: { httpStatusCode: 400 } });
  const busy = { getExecutionState: async () => ({ Operations: [] }), checkpoint: () => Promise.reject(passing) };
  const checkpoint = createDurableClient(busy).checkpoint({ DurableExecutionArn: ARN, CheckpointToken: "1" });
  await expect(checkpoint).rejects.toMatchObject({ scope: DurableExecutionClientErrorScope.INVOCATION, cause: passing });
});
