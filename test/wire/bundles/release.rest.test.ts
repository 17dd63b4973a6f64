import { describe, expect, it } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { told } from "../../support/lab/stage.ts";
import { portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { durable } from "./durable.ts";
import { claimed, expectLetGo, statusChange } from "./releasing.ts";

const at = durable("release");

describe("the bundle of the release function", () => {
  it.each(["TIMED_OUT", "STOPPED"] as const)("lets go of the database whose execution is %s, too, and tells of it once", (status) =>
    expectLetGo(at, status),
  );

  it("leaves the claim of an execution that runs, whatever the event says", async () => {
    const arn = at.lambda.add("one", { requestId: REQUEST });
    const { blue, before } = await claimed(at, arn);
    const { outcomes } = await at.invoke(statusChange(arn, "FAILED"));
    expect(outcomes).toEqual([{}]);
    expect(await readBlue(blue, portsOf(at.lab).records)).toMatchObject({ claim: { owner: arn } });
    expect(told(at.lab)).toEqual(before);
  });
});
