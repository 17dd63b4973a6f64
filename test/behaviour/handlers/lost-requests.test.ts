import { beforeEach, describe, expect, it } from "vitest";
import { type Kept, recordsInMemory } from "../../../local/records-memory.ts";
import { type Execution, executionsFrom } from "../../../src/clients/executions.ts";
import { keepUnclear, readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { GUARD } from "../../../src/operations/says/asker.ts";
import type { Said } from "../../../src/operations/says/sayings.ts";
import { mayGoOn, storedRequest, takeRequest } from "../../../src/operations/use-request.ts";
import { openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, sweepFor } from "../../support/handlers/sweeping.ts";
import { told } from "../../support/lab/stage.ts";
import { confirm, portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";

const OWNER = "arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:1/durable-execution/one/lost";
const HOUR = 60 * MINUTE;

let lab: SlackLab;
let kept: Map<string, Kept>;
let blue: string;
/** What Lambda answers about the execution. */
let lambda: Execution | undefined;

beforeEach(() => {
  lambda = { status: "RUNNING" };
  kept = new Map();
});

/** An operation is at work, and its request is gone from the table. */
async function lost(operation: "recreate" | "switchover", unclear?: Said): Promise<void> {
  const executions = () => executionsFrom({ read: async () => lambda, stop: async () => undefined, wake: async () => false });
  lab = await openSlackLab({}, { executions, records: recordsInMemory(kept) });
  const id = await ready(lab, "orders");
  if (operation === "recreate") await confirm(id, portsOf(lab));
  else await confirmSwitchover(id, switchoverPortsOf(lab));
  const taken = await takeRequest(REQUEST, OWNER, portsOf(lab));
  if (taken.result !== "ours") throw new Error(`The claim was not taken: ${taken.result}.`);
  blue = taken.request.blue;
  if (unclear !== undefined) await keepUnclear(blue, OWNER, unclear, lab.records);
  kept.delete(requestKey(REQUEST));
}

const claim = async () => (await readBlue(blue, lab.records)).claim;
const request = () => lab.records.read<OperationRequest>(requestKey(REQUEST));
const sweep = (milliseconds = 5 * MINUTE) => lab.clock.work(() => sweepFor(lab, milliseconds));

describe("a database that stays claimed though the request of its operation is lost", () => {
  it("is released by the next sweeps once the execution has ended, which is told, and others may begin", async () => {
    await lost("recreate");
    lambda = { status: "TIMED_OUT" };
    await sweep(10 * MINUTE);
    expect(await claim()).toBeUndefined();
    expect(wordsOf((await request())?.outcome)).toBe(
      "It ended without a report: Lambda says TIMED_OUT. The guard has lost its request, so it does not know what was changed in RDS by then. " +
        "See how things stand: npx bluegreen-guard status orders-15",
    );
    expect(told(lab)).toContain("  Recreation stopped");
    expect(await lab.type("/bluegreen switchover orders-15")).toMatch(/^Switch orders-15 over\?/);
  });

  it("is released by force for a person where Lambda knows no such execution", async () => {
    await lost("recreate");
    lambda = undefined;
    await sweep(HOUR);
    expect((await claim())?.owner).toBe(OWNER);
    const plan = await lab.type("/bluegreen cancel orders-15 --force");
    expect(plan).toMatch(/^End the recreation of orders-15 by force\?/);
    expect(plan).toContain("The guard has lost its request, so it does not know what was changed in RDS.");
    await lab.press("confirm");
    await sweep();
    expect(await claim()).toBeUndefined();
  });

  it("stays so while the execution is running, which can change nothing more and ends", async () => {
    await lost("recreate");
    await sweep(HOUR);
    expect((await claim())?.owner).toBe(OWNER);
    await expect(mayGoOn(await storedRequest(REQUEST, lab.records), OWNER, lab.records)).rejects.toMatchObject({
      reason: { code: "cancelled", by: GUARD },
    });
    expect(await takeRequest(REQUEST, "arn:another", portsOf(lab))).toEqual({ result: "duplicate" });
  });

  it("is put aside by a person where it is unclear how a switchover ended, and never before", async () => {
    const said = { code: "switchover-unclear", deployment: { id: "bgd-1", name: "orders-15" } } as const;
    await lost("switchover", said);
    lambda = { status: "SUCCEEDED" };
    await sweep(12 * HOUR);
    expect((await claim())?.unclear).toEqual(said);
    expect(await lab.type("/bluegreen cancel orders-15")).toContain(
      "The unclear switchover is closed: other operations on its database may begin.",
    );
    expect(await claim()).toBeUndefined();
  });

  it("of a switchover that broke off is for a person to decide", async () => {
    await lost("switchover");
    lambda = { status: "FAILED" };
    await sweep(10 * MINUTE);
    expect(inWords((await request())?.outcome)).toMatchObject({
      result: "unclear",
      text: expect.stringContaining("It ended without a report: Lambda says FAILED"),
    });
    expect((await claim())?.unclear).toBeDefined();
    await lab.type("/bluegreen cancel orders-15");
    expect(await claim()).toBeUndefined();
  });
});
