import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openWireLab, type TestLab, told } from "../../support/lab/stage.ts";
import { type LambdaService, openLambdaService } from "../../support/lambda-service.ts";
import { confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { invoke, secretsIn, settingsOf } from "./function.ts";

let lab: TestLab;
let lambda: LambdaService;
beforeEach(async () => {
  lab = await openWireLab();
  lambda = await openLambdaService();
});
afterEach(async () => {
  await lambda.close();
  await lab.close();
});

/** Lambda invokes the function for these executions, one after the other; meanwhile no time passes in the lab. */
const run = (...arns: string[]) =>
  lab.clock.work(() => invoke("recreate", arns.map(lambda.eventOf), lab, { ...settingsOf(lab), AWS_ENDPOINT_URL_LAMBDA: lambda.url }));
const deletions = () => lab.rds.calls.filter(({ action, outcome }) => action === "DeleteBlueGreenDeployment" && outcome === "accepted");

describe("the bundle of the recreate function", () => {
  it("does nothing for an id on the bus that nobody wrote a request for, and says so to Lambda", async () => {
    await ruined(lab);
    await lab.settled();
    const seen = await run(lambda.add("one", { requestId: REQUEST }));
    const { exitCode, stderr, outcomes } = seen;
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(outcomes).toMatchObject([{ answer: { Status: "SUCCEEDED", Result: expect.stringContaining('"outcome":"refused"') } }]);
    expect(lambda.calls).toContain("POST checkpoint");
    expect(lab.rds.calls.filter(({ action }) => !/^(Describe|Create)/.test(action))).toEqual([]);
    expect(secretsIn(seen)).toEqual([]);
  });

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
});
