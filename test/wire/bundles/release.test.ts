import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claim, readBlue } from "../../../src/operations/claim.ts";
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

const run = (...events: object[]) => invoke("release", events, lab, { ...settingsOf(lab), AWS_ENDPOINT_URL_LAMBDA: lambda.url });
const statusChange = (durableExecutionArn: string, status: string) => ({
  source: "aws.lambda",
  "detail-type": "Durable Execution Status Change",
  detail: { durableExecutionArn, status },
});

/** A recreation that holds its claim, and what Slack was told so far; answers the resource id of blue. */
async function claimed(owner: string): Promise<{ blue: string; before: string[] }> {
  const ports = { ...portsOf(lab), now: Date.now };
  await confirm(await ruined(lab), ports);
  await lab.settled();
  const taken = await claim(REQUEST, owner, ports);
  if (taken.result !== "ours") throw new Error(`The claim was not taken: ${taken.result}.`);
  return { blue: taken.request.blue, before: told(lab) };
}

describe("the bundle of the release function", () => {
  it.each(["FAILED", "TIMED_OUT", "STOPPED"] as const)(
    "lets go of the database whose execution is %s, and tells of it once",
    async (status) => {
      const arn = lambda.add("one", { requestId: REQUEST }, status);
      const { blue, before } = await claimed(arn);
      const seen = await run(statusChange(arn, status), statusChange(arn, status));
      expect([seen.exitCode, seen.stderr, seen.outcomes]).toEqual([0, "", [{}, {}]]);
      const { records } = portsOf(lab);
      expect((await readBlue(blue, records)).claim).toBeUndefined();
      const request = await records.read<OperationRequest>(requestKey(REQUEST));
      expect(request?.outcome?.text).toContain(`Its execution is ${status} (${arn}).`);
      expect(lambda.calls).toEqual(["GET", "GET"]);
      expect(told(lab).length).toBe(before.length + 1);
      expect(secretsIn(seen)).toEqual([]);
    },
  );

  it("leaves the claim of an execution that runs, whatever the event says", async () => {
    const arn = lambda.add("one", { requestId: REQUEST });
    const { blue, before } = await claimed(arn);
    const { outcomes } = await run(statusChange(arn, "FAILED"));
    expect(outcomes).toEqual([{}]);
    expect(await readBlue(blue, portsOf(lab).records)).toMatchObject({ claim: { owner: arn } });
    expect(told(lab)).toEqual(before);
  });
});
