import { beforeEach, describe, expect, it } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { type TestLab, told } from "../../support/lab/stage.ts";
import type { LambdaService } from "../../support/lambda-service.ts";
import { REQUEST } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";
import { changesIn, openLambdaLab, runIn } from "./durable.ts";
import { secretsIn } from "./function.ts";

let lab: TestLab;
let lambda: LambdaService;
beforeEach(async () => {
  ({ lab, lambda } = await openLambdaLab());
});

const run = (...arns: string[]) => runIn({ lab, lambda }, "switchover", arns);

describe("the bundle of the switchover function", () => {
  it("begins what a person confirmed: writes it down, asks RDS once, tells Slack, and waits without running", async () => {
    const id = await ready(lab);
    const ports = switchoverPortsOf(lab);
    await confirmSwitchover(id, { ...ports, now: Date.now });
    await lab.settled();
    const arn = lambda.add("one", { requestId: REQUEST });
    const seen = await run(arn, lambda.add("two", { requestId: REQUEST }));
    expect([seen.exitCode, seen.stderr]).toEqual([0, ""]);
    expect(seen.outcomes).toMatchObject([{ answer: { Status: "PENDING" } }, { answer: { Result: '{"outcome":"duplicate"}' } }]);
    expect(changesIn(lab).map(({ action }) => action)).toEqual(["SwitchoverBlueGreenDeployment"]);
    const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
    expect(request).toMatchObject({ usedBy: arn, attemptedAt: expect.any(String) });
    expect(await readBlue(request?.blue ?? "", ports.records)).toMatchObject({ claim: { owner: arn, requestId: REQUEST } });
    expect(told(lab).at(-1)).toBe("  Being switched over");
    expect(secretsIn(seen)).toEqual([]);
  });
});
