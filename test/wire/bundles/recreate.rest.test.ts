import { beforeEach, describe, expect, it } from "vitest";
import type { TestLab } from "../../support/lab/stage.ts";
import type { LambdaService } from "../../support/lambda-service.ts";
import { REQUEST, ruined } from "../../support/operations/recreating.ts";
import { openLambdaLab, runIn } from "./durable.ts";
import { secretsIn } from "./function.ts";

let lab: TestLab;
let lambda: LambdaService;
beforeEach(async () => {
  ({ lab, lambda } = await openLambdaLab());
});

const run = (...arns: string[]) => runIn({ lab, lambda }, "recreate", arns);

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
});
