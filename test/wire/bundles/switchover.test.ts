import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openWireLab, type TestLab, told } from "../../support/lab/stage.ts";
import { type LambdaService, openLambdaService } from "../../support/lambda-service.ts";
import { REQUEST } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";
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
  lab.clock.work(() => invoke("switchover", arns.map(lambda.eventOf), lab, { ...settingsOf(lab), AWS_ENDPOINT_URL_LAMBDA: lambda.url }));
const changes = () => lab.rds.calls.filter(({ action, outcome }) => !/^(Describe|Create)/.test(action) && outcome === "accepted");

describe("the bundle of the switchover function", () => {
  it("does nothing for an id on the bus that nobody wrote a request for, and says so to Lambda", async () => {
    await ready(lab);
    await lab.settled();
    const seen = await run(lambda.add("one", { requestId: REQUEST }));
    expect([seen.exitCode, seen.stderr]).toEqual([0, ""]);
    expect(seen.outcomes).toMatchObject([{ answer: { Status: "SUCCEEDED", Result: expect.stringContaining('"outcome":"refused"') } }]);
    expect(changes()).toEqual([]);
    expect(secretsIn(seen)).toEqual([]);
  });

  it("begins what a person confirmed: writes it down, asks RDS once, tells Slack, and waits without running", async () => {
    const id = await ready(lab);
    const ports = switchoverPortsOf(lab);
    await confirmSwitchover(id, { ...ports, now: Date.now });
    await lab.settled();
    const arn = lambda.add("one", { requestId: REQUEST });
    const seen = await run(arn, lambda.add("two", { requestId: REQUEST }));
    expect([seen.exitCode, seen.stderr]).toEqual([0, ""]);
    expect(seen.outcomes).toMatchObject([{ answer: { Status: "PENDING" } }, { answer: { Result: '{"outcome":"duplicate"}' } }]);
    expect(changes().map(({ action }) => action)).toEqual(["SwitchoverBlueGreenDeployment"]);
    const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
    expect(request).toMatchObject({ usedBy: arn, attemptedAt: expect.any(String) });
    expect(await readBlue(request?.blue ?? "", ports.records)).toMatchObject({ claim: { owner: arn, requestId: REQUEST } });
    expect(told(lab).at(-1)).toBe("  Being switched over");
    expect(secretsIn(seen)).toEqual([]);
  });
});
