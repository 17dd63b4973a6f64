import { beforeEach, describe, expect, it, vi } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { type TestLab, told } from "../../support/lab/stage.ts";
import type { LambdaService } from "../../support/lambda-service.ts";
import { confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { openLambdaLab, runIn } from "./durable.ts";
import { secretsIn } from "./function.ts";

let lab: TestLab;
let lambda: LambdaService;
beforeEach(async () => {
  ({ lab, lambda } = await openLambdaLab());
});

const run = (...arns: string[]) => runIn({ lab, lambda }, "recreate", arns);
const deletions = () => lab.rds.calls.filter(({ action, outcome }) => action === "DeleteBlueGreenDeployment" && outcome === "accepted");

describe("the bundle of the recreate function", () => {
  it("begins what a person confirmed: writes it down, deletes once, tells Slack, and waits without running", async () => {
    const id = await ruined(lab);
    const { records, ...ports } = portsOf(lab);
    await confirm(id, { ...ports, records, now: Date.now });
    await lab.settled();
    const arn = lambda.add("one", { requestId: REQUEST });
    const seen = await run(arn, lambda.add("two", { requestId: REQUEST }));
    const { exitCode, stderr, outcomes, log } = seen;
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(outcomes).toMatchObject([{ answer: { Status: "PENDING" } }, { answer: { Result: '{"outcome":"duplicate"}' } }]);
    expect(deletions().length).toBe(1);
    const request = await records.read<OperationRequest>(requestKey(REQUEST));
    expect(request).toMatchObject({ usedBy: arn, deletionBegunAt: expect.any(String) });
    expect(await readBlue(request?.blue ?? "", records)).toMatchObject({ claim: { owner: arn, requestId: REQUEST } });
    expect(told(lab).at(0)).toBe("orders-15 · Being created again");
    expect(told(lab).at(-1)).toBe("  Being deleted and created again");
    expect(log.filter(({ message }) => message === "Operation")).toMatchObject([
      { step: "started", deployment: id, requestId: REQUEST, function_request_id: "request-0" },
      { step: "deleting", deployment: id, requestId: REQUEST, function_request_id: "request-0" },
    ]);
    expect(secretsIn(seen)).toEqual([]);
  });

  it("goes on in a new invocation where its checkpoint token was stale after the deletion, and deletes nothing twice", async () => {
    const id = await ruined(lab);
    const { records, ...ports } = portsOf(lab);
    await confirm(id, { ...ports, records, now: Date.now });
    await lab.settled();
    const arn = lambda.add("one", { requestId: REQUEST });
    const stale = vi.spyOn(lambda, "isSuperseded").mockImplementation(() => deletions().length > 0);
    // An invocation that throws is invoked again; FAILED would end the execution. Source: aws/aws-durable-execution-sdk-js#917.
    expect((await run(arn)).outcomes).toMatchObject([{ error: expect.stringContaining("Invalid checkpoint token") }]);
    stale.mockRestore();
    expect((await run(arn)).outcomes).toMatchObject([{ answer: { Status: "PENDING" } }]);
    expect(deletions().length).toBe(1);
    const request = await records.read<OperationRequest>(requestKey(REQUEST));
    expect(request?.notes?.map(({ step }) => step)).toEqual(["started", "deleting"]);
    expect(await readBlue(request?.blue ?? "", records)).toMatchObject({ claim: { owner: arn } });
  });
});
