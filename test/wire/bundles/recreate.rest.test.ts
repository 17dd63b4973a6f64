import { describe, expect, it } from "vitest";
import { REQUEST, ruined } from "../../support/operations/recreating.ts";
import { durable } from "./durable.ts";
import { secretsIn } from "./function.ts";

const at = durable("recreate");

describe("the bundle of the recreate function", () => {
  it("does nothing for an id on the bus that nobody wrote a request for, and says so to Lambda", async () => {
    await ruined(at.lab);
    await at.lab.settled();
    const seen = await at.run(at.lambda.add("one", { requestId: REQUEST }));
    const { exitCode, stderr, outcomes } = seen;
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(outcomes).toMatchObject([{ answer: { Status: "SUCCEEDED", Result: expect.stringContaining('"outcome":"refused"') } }]);
    expect(at.lambda.calls).toContain("POST checkpoint");
    expect(at.lab.rds.calls.filter(({ action }) => !/^(Describe|Create)/.test(action))).toEqual([]);
    expect(secretsIn(seen)).toEqual([]);
  });
});
