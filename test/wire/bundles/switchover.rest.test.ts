import { beforeEach, describe, expect, it } from "vitest";
import type { TestLab } from "../../support/lab/stage.ts";
import type { LambdaService } from "../../support/lambda-service.ts";
import { REQUEST } from "../../support/operations/recreating.ts";
import { ready } from "../../support/operations/switching.ts";
import { changesIn, openLambdaLab, runIn } from "./durable.ts";
import { secretsIn } from "./function.ts";

let lab: TestLab;
let lambda: LambdaService;
beforeEach(async () => {
  ({ lab, lambda } = await openLambdaLab());
});

const run = (...arns: string[]) => runIn({ lab, lambda }, "switchover", arns);

describe("the bundle of the switchover function", () => {
  it("does nothing for an id on the bus that nobody wrote a request for, and says so to Lambda", async () => {
    await ready(lab);
    await lab.settled();
    const seen = await run(lambda.add("one", { requestId: REQUEST }));
    expect([seen.exitCode, seen.stderr]).toEqual([0, ""]);
    expect(seen.outcomes).toMatchObject([{ answer: { Status: "SUCCEEDED", Result: expect.stringContaining('"outcome":"refused"') } }]);
    expect(changesIn(lab)).toEqual([]);
    expect(secretsIn(seen)).toEqual([]);
  });
});
