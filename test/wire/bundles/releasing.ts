import { expect } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { takeRequest } from "../../../src/operations/use-request.ts";
import { told } from "../../support/lab/stage.ts";
import { confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { wordsOf } from "../../support/operations/words.ts";
import { invokeIn, type LambdaLab } from "./durable.ts";
import { secretsIn } from "./function.ts";

/** EventBridge's event about an execution. */
export const statusChange = (durableExecutionArn: string, status: string) => ({
  source: "aws.lambda",
  "detail-type": "Durable Execution Status Change",
  detail: { durableExecutionArn, status },
});

/** A recreation that holds its claim, and what Slack was told so far; returns the resource id of blue. */
export async function claimed({ lab }: LambdaLab, owner: string): Promise<{ blue: string; before: string[] }> {
  const ports = { ...portsOf(lab), now: Date.now };
  await confirm(await ruined(lab), ports);
  await lab.settled();
  const taken = await takeRequest(REQUEST, owner, ports);
  if (taken.result !== "ours") throw new Error(`The claim was not taken: ${taken.result}.`);
  return { blue: taken.request.blue, before: told(lab) };
}

/** Expects that the database is released when its execution has come to that status, and that this is reported once. */
export async function expectLetGo(at: LambdaLab, status: "FAILED" | "TIMED_OUT" | "STOPPED"): Promise<void> {
  const arn = at.lambda.add("one", { requestId: REQUEST }, status);
  const { blue, before } = await claimed(at, arn);
  const seen = await invokeIn(at, "release", [statusChange(arn, status), statusChange(arn, status)]);
  expect([seen.exitCode, seen.stderr, seen.outcomes]).toEqual([0, "", [{}, {}]]);
  const { records } = portsOf(at.lab);
  expect((await readBlue(blue, records)).claim).toBeUndefined();
  const request = await records.read<OperationRequest>(requestKey(REQUEST));
  expect(wordsOf(request?.outcome)).toContain(`Its execution is ${status} (${arn}).`);
  expect(at.lambda.calls).toEqual(["GET", "GET"]);
  expect(told(at.lab).length).toBe(before.length + 1);
  expect(secretsIn(seen)).toEqual([]);
}
