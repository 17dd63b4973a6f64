import { describe, expect, it } from "vitest";
import { REQUEST } from "../../support/operations/recreating.ts";
import { ready } from "../../support/operations/switching.ts";
import { durable } from "./durable.ts";
import { secretsIn } from "./function.ts";

const at = durable("switchover");
const changes = () => at.lab.rds.calls.filter(({ action, outcome }) => !/^(Describe|Create)/.test(action) && outcome === "accepted");

describe("the bundle of the switchover function", () => {
  it("does nothing for an id on the bus that nobody wrote a request for, and says so to Lambda", async () => {
    await ready(at.lab);
    await at.lab.settled();
    const seen = await at.run(at.lambda.add("one", { requestId: REQUEST }));
    expect([seen.exitCode, seen.stderr]).toEqual([0, ""]);
    expect(seen.outcomes).toMatchObject([{ answer: { Status: "SUCCEEDED", Result: expect.stringContaining('"outcome":"refused"') } }]);
    expect(changes()).toEqual([]);
    expect(secretsIn(seen)).toEqual([]);
  });
});
