import { DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { beforeEach, describe, expect, it } from "vitest";
import { type Execution, executionsFrom } from "../../../src/clients/executions.ts";
import { amendItem } from "../../../src/operations/amend-item.ts";
import { type BlueItem, blueKey, keepUnclear, markDecided, readBlue } from "../../../src/operations/claim.ts";
import { endOperation } from "../../../src/operations/end.ts";
import type { OperationRequest } from "../../../src/operations/request.ts";
import { requestKey } from "../../../src/operations/request.ts";
import { amendRequest } from "../../../src/operations/requests.ts";
import { takeRequest } from "../../../src/operations/use-request.ts";
import { COLLEAGUE, openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, sweepFor } from "../../support/handlers/sweeping.ts";
import { heading, told } from "../../support/lab/stage.ts";
import { confirm, portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { ready } from "../../support/operations/switching.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";

const DEAD = "arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:1/durable-execution/one/dead";
const HOUR = 60 * MINUTE;

let lab: SlackLab;
let id: string;
let blue: string;
/** What Lambda answers about the execution; a function throws. */
let lambda: Execution | undefined | (() => never);
let stops: number;

const executions = () =>
  executionsFrom({
    read: async () => (typeof lambda === "function" ? lambda() : lambda),
    async stop() {
      stops += 1;
    },
    wake: async () => false,
  });

const refused = () => {
  throw Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
};
const throttled = () => {
  throw Object.assign(new Error("Rate exceeded"), { name: "TooManyRequestsException" });
};

beforeEach(async () => {
  stops = 0;
  lambda = { status: "RUNNING" };
  lab = await openSlackLab({}, { executions });
  id = await ready(lab, "orders");
  const ports = portsOf(lab);
  await confirm(id, ports);
  const taken = await takeRequest(REQUEST, DEAD, ports);
  if (taken.result !== "ours") throw new Error(`The claim was not taken: ${taken.result}.`);
  blue = taken.request.blue;
});

const request = () => lab.records.read<OperationRequest>(requestKey(REQUEST));
const claim = async () => (await readBlue(blue, lab.records)).claim;
const sweep = (milliseconds = 10 * MINUTE) => lab.clock.work(() => sweepFor(lab, milliseconds));

/** The recreation deleted green, and died. */
async function deleted(): Promise<void> {
  const at = new Date(lab.clock.now()).toISOString();
  const create = { BlueGreenDeploymentName: "orders-15-0f9a2c41", Source: "x", TargetEngineVersion: "15.5" };
  const intent = { source: "x", greens: [], protectedGreens: [], create, spec: {} } as never;
  await amendRequest(lab.records, REQUEST, (it) => ({ ...it, deletionBegunAt: at, deletedAt: at, intent }));
  await lab.clock.work(() => lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true })));
}

describe("an operation whose execution has died, and of whose end no event told", () => {
  // Source: Lambda API, GetDurableExecution, "Status".
  it.each(["FAILED", "TIMED_OUT", "STOPPED", "SUCCEEDED"])(
    "is ended by the next sweep where Lambda says %s, and others may begin",
    async (status) => {
      lambda = { status };
      await sweep();
      expect(await claim()).toBeUndefined();
      expect(inWords((await request())?.outcome)).toMatchObject({
        result: "refused",
        text: `It ended without a report: Lambda says ${status}. The guard has changed nothing.`,
      });
      expect(await lab.type("/bluegreen switchover orders-15")).toMatch(/^Switch orders-15 over\?/);
    },
  );

  it("is told in the thread, once", async () => {
    await deleted();
    lambda = { status: "FAILED" };
    await sweep(HOUR);
    expect(told(lab).filter((it) => it === "  Recreation failed")).toEqual(["  Recreation failed"]);
  });

  it("is told by the next sweep where the run that ended it died before it told it", async () => {
    await deleted();
    lambda = { status: "FAILED" };
    const tell = async () => {
      throw new Error("killed");
    };
    const ports = { records: lab.records, now: () => lab.clock.now(), tell };
    await expect(endOperation(REQUEST, DEAD, { reason: { code: "broken-off", execution: DEAD, status: "FAILED" } }, ports)).rejects.toThrow(
      "killed",
    );
    await sweep(HOUR);
    expect(told(lab).filter((it) => it === "  Recreation failed")).toEqual(["  Recreation failed"]);
    expect((await request())?.endUntold).toBeUndefined();
  });

  it("after the deletion can be gone on with from Slack, from the saved spec", async () => {
    await deleted();
    lambda = { status: "TIMED_OUT" };
    await sweep(12 * HOUR);
    expect(await lab.type("/bluegreen recreate orders-15")).toMatch(/^Create orders-15 again\?[\s\S]*orders-15-0f9a2c41/);
  });

  it("is answered as what it is when a person cancels it before the next sweep", async () => {
    lambda = { status: "STOPPED" };
    expect(await lab.type("/bluegreen cancel orders-15")).toContain("It has stopped already without a report: Lambda says STOPPED.");
    await sweep();
    expect(await claim()).toBeUndefined();
  });

  it.each([
    ["running", { status: "RUNNING" }],
    ["in a status that nobody knows yet", { status: "SUSPENDED" }],
    ["not known to Lambda", undefined],
    ["one of which Lambda refuses to say", refused],
    ["one of which Lambda is too busy to say", throttled],
  ])("keeps what it has while it is %s", async (_state, answer) => {
    lambda = answer;
    await sweep(12 * HOUR);
    expect((await claim())?.owner).toBe(DEAD);
    expect((await request())?.outcome).toBeUndefined();
    expect(await lab.type("/bluegreen switchover orders-15")).not.toMatch(/^Switch/);
    expect(stops).toBe(0);
  });
});

describe("a claim whose operation has ended", () => {
  const leave = () =>
    amendRequest(lab.records, REQUEST, (it) => ({
      ...it,
      outcome: { result: "done", said: { code: "nothing-changed" }, at: it.requestedAt },
    }));

  it("is released by the next sweep, whoever died in between", async () => {
    await leave();
    lambda = { status: "FAILED" };
    await sweep();
    expect(await claim()).toBeUndefined();
  });

  it("stays while its execution is running, or not known to Lambda", async () => {
    await leave();
    await sweep();
    lambda = undefined;
    await sweep();
    expect((await claim())?.owner).toBe(DEAD);
  });

  it("of a later operation is left alone", async () => {
    lambda = { status: "FAILED" };
    const owner = `${DEAD}2`;
    await amendItem<BlueItem>(lab.records, { key: blueKey(blue), version: 0 }, (it) =>
      it.claim ? { ...it, claim: { ...it.claim, owner, unclear: { code: "nothing-changed" } } } : it,
    );
    await sweep();
    expect((await claim())?.owner).toBe(owner);
  });
});

it("a database that stays claimed for a person to decide is released by the next sweep once they have, whatever of that was written down", async () => {
  const said = { code: "nothing-changed", why: { code: "aws-said", text: "RDS says nothing of it." } } as const;
  await amendRequest(lab.records, REQUEST, (it) => ({ ...it, outcome: { result: "unclear", said, at: it.requestedAt } }));
  await keepUnclear(blue, DEAD, said, lab.records);
  await sweep();
  expect((await claim())?.unclear).toEqual(said);
  // A person's own role may write the request alone.
  await markDecided(REQUEST, { name: "oncall" }, { records: lab.records, now: () => lab.clock.now() });
  await sweep();
  expect(await claim()).toBeUndefined();
});

describe("/bluegreen cancel NAME --force", () => {
  const force = (user?: string) => lab.type("/bluegreen cancel orders-15 --force", user);

  it("shows what it means, how RDS stands, and changes nothing before an operator confirms it", async () => {
    const before = await request();
    const plan = await force();
    expect(plan).toMatch(/^End the recreation of orders-15 by force\?/);
    expect(plan).toContain("Lambda says that it is running.");
    expect(plan).toContain("RDS shows `orders-15` as AVAILABLE.");
    expect(await force("U0DEVELOPER")).toContain("You are not one of the guard's operators");
    expect(await request()).toEqual(before);
    expect(stops).toBe(0);
  });

  it("asks Lambda to stop the execution, and releases nothing before Lambda says that it has ended", async () => {
    await force();
    expect(await lab.press("confirm")).toContain(
      "Lambda has not said yet that it has ended: until then nothing else may begin on the database.",
    );
    expect(stops).toBe(1);
    await sweep(HOUR);
    expect((await claim())?.owner).toBe(DEAD);
    lambda = { status: "STOPPED" };
    await sweep();
    expect(await claim()).toBeUndefined();
    expect(wordsOf((await request())?.outcome)).toMatch(/ended it by force\. It ended without a report: Lambda says STOPPED/);
  });

  it("releases the database of an execution that Lambda does not know, for a person who was shown just that", async () => {
    lambda = undefined;
    expect(await force()).toContain("Lambda does not know it: within five minutes");
    await lab.press("confirm");
    await sweep(5 * MINUTE);
    expect(await claim()).toBeUndefined();
    expect(wordsOf((await request())?.outcome)).toContain("It ended without a report: Lambda does not know it any more.");
  });

  it.each([
    ["refuses to say", refused, "AccessDeniedException"],
    ["is too busy to say", throttled, "TooManyRequestsException"],
  ])("releases nothing where Lambda %s", async (_case, answer, name) => {
    lambda = answer;
    expect(await force()).toContain(name);
    await lab.press("confirm");
    await sweep(HOUR);
    expect((await claim())?.owner).toBe(DEAD);
    // Not even if Lambda then does not know it: nobody was shown that.
    lambda = undefined;
    await sweep(HOUR);
    expect((await claim())?.owner).toBe(DEAD);
  });

  it("shows the plan again where Lambda says something else by then", async () => {
    await force();
    lambda = undefined;
    expect(await lab.press("confirm")).toContain("Things have changed since the plan that you confirmed.");
    expect((await request())?.forced).toBeUndefined();
  });

  it("is confirmed by its asker alone", async () => {
    await force();
    const plan = lab.slack.ephemeral.find((it) => heading(it).startsWith("End the recreation"));
    await lab.slack.sending.press(plan?.ts ?? "", "confirm", COLLEAGUE).catch(() => undefined);
    await lab.clock.work(() => lab.clock.until(lab.clock.now() + 1));
    expect((await request())?.forced).toBeUndefined();
  });

  it("lets nothing begin on that database for ten minutes after it was released, whoever asks", async () => {
    lambda = { status: "STOPPED" };
    await force();
    await lab.press("confirm");
    await sweep(5 * MINUTE);
    expect(await claim()).toBeUndefined();
    expect(await lab.type("/bluegreen recreate orders-15")).toMatch(
      /ended an operation on this database by force: nothing may begin on it before/,
    );
    await sweep(10 * MINUTE);
    expect(await lab.type("/bluegreen recreate orders-15")).not.toContain("by force");
  });

  it("lets nothing begin for ten minutes after the release, however long after the decision that is", async () => {
    await amendRequest(lab.records, REQUEST, (it) => ({
      ...it,
      outcome: { result: "done", said: { code: "nothing-changed" }, at: it.requestedAt },
    }));
    await force();
    await lab.press("confirm");
    await sweep(30 * MINUTE);
    lambda = { status: "STOPPED" };
    await sweep(5 * MINUTE);
    expect(await claim()).toBeUndefined();
    expect(await lab.type("/bluegreen recreate orders-15")).toMatch(/by force: nothing may begin on it before/);
    await sweep(10 * MINUTE);
    expect(await lab.type("/bluegreen recreate orders-15")).not.toContain("by force");
  });

  it.each([
    ["has begun to delete green", { deletionBegunAt: "2024-02-05T05:30:00.000Z" }],
    ["has asked RDS to switch over", { attemptedAt: "2024-02-05T05:30:00.000Z" }],
    ["has created the new deployment", { created: "bgd-aaaaaaaaaaaaaaaa" }],
  ])("shows the plan again where the operation %s since: what it leaves is another thing", async (_, since) => {
    await force();
    await amendRequest(lab.records, REQUEST, (it) => ({ ...it, ...since }));
    expect(await lab.press("confirm")).toContain("Things have changed since the plan that you confirmed.");
    expect((await request())?.forced).toBeUndefined();
    await lab.press("confirm");
    expect((await request())?.forced).toBeDefined();
  });

  it("of a switchover: whoever puts it aside is told from when on others may begin", async () => {
    const attemptedAt = new Date(lab.clock.now()).toISOString();
    await amendRequest(lab.records, REQUEST, (it) => ({ ...it, operation: "switchover", attemptedAt, timeoutSeconds: 300 }));
    await force();
    await lab.press("confirm");
    lambda = { status: "STOPPED" };
    await sweep(5 * MINUTE);
    expect((await claim())?.unclear).toBeDefined();
    expect(await lab.type("/bluegreen cancel orders-15")).toMatch(
      /^The unclear switchover is closed: .* by force: nothing may begin on it before [\d:]+ UTC\. Nothing/,
    );
    expect(await claim()).toBeUndefined();
    await sweep(10 * MINUTE);
    expect(await lab.type("/bluegreen recreate orders-15")).not.toContain("by force");
  });

  it("ends it for good: an execution that wakes up all the same changes nothing", async () => {
    lambda = undefined;
    await force();
    await lab.press("confirm");
    await sweep(5 * MINUTE);
    expect(await takeRequest(REQUEST, DEAD, portsOf(lab))).toMatchObject({ result: "refused" });
    expect(await claim()).toBeUndefined();
  });
});
