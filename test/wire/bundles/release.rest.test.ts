import { describe, expect, it } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { told } from "../../support/lab/stage.ts";
import { portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { invokeIn, openLambdaLab } from "./durable.ts";
import { claimed, expectLetGo, statusChange } from "./releasing.ts";

describe("the bundle of the release function", () => {
  it.each(["TIMED_OUT", "STOPPED"] as const)("lets go of the database whose execution is %s, too, and tells of it once", async (status) =>
    expectLetGo(await openLambdaLab(), status),
  );

  it("leaves the claim of an execution that runs, whatever the event says", async () => {
    const at = await openLambdaLab();
    const arn = at.lambda.add("one", { requestId: REQUEST });
    const { blue, before } = await claimed(at, arn);
    const { outcomes } = await invokeIn(at, "release", [statusChange(arn, "FAILED")]);
    expect(outcomes).toEqual([{}]);
    expect(await readBlue(blue, portsOf(at.lab).records)).toMatchObject({ claim: { owner: arn } });
    expect(told(at.lab)).toEqual(before);
  });
});
