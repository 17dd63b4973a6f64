import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SelfTestAnswer } from "../../../src/handlers/self-test/asking.ts";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";
import { type Invocations, invoke, secretsIn, settingsOf } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openWireLab();
});
afterEach(() => lab.close());

const EVENT = { selfTest: { id: "0a1b2c3d" } };
/** What `doctor --post` sends. */
const TRYING = { selfTest: { ...EVENT.selfTest, post: true } };
const PLAIN = ["watch", "sweep", "release", "answer"] as const;

const askedIn = ({ outcomes: [outcome] }: Invocations) => {
  const { asked = [] } = (outcome?.answer ?? {}) as Partial<SelfTestAnswer>;
  return asked;
};

/** Expects that nothing was changed or posted, and that no secret is in what was said. */
function expectNothingDone(seen: Invocations): void {
  expect(lab.rds.calls.filter(({ action }) => !action.startsWith("Describe"))).toEqual([]);
  expect(lab.slack.messages).toEqual([]);
  expect(lab.bus.events).toEqual([]);
  expect(secretsIn(seen)).toEqual([]);
}

it.each(PLAIN)("the bundle of the %s function tests its own calls when it is asked to, and does nothing else", async (name) => {
  const seen = await invoke(name, [EVENT], lab, {
    ...settingsOf(lab),
    PRINCIPAL_ARN: "arn:aws:iam::123456789012:role/recreate",
    SLACK_OPERATORS: "S0DBA",
  });
  expect([seen.exitCode, seen.stderr]).toEqual([0, ""]);
  expect(askedIn(seen).filter(({ result }) => result !== "answered")).toEqual([]);
  expect(askedIn(seen).length).toBeGreaterThan(6);
  expectNothingDone(seen);
});

describe("asked to try out the channel,", () => {
  it("the bundle of the watch function posts, replies, changes and deletes, and does nothing else", async () => {
    const seen = await invoke("watch", [TRYING], lab, settingsOf(lab));
    expect(askedIn(seen)).toMatchObject([{ result: "answered", came: "posted, replied, changed and deleted in C0BLUEGREEN" }]);
    expect(lab.slack.messages.map(({ threadTs, edits, deleted }) => [threadTs !== undefined, edits.length, deleted !== undefined])).toEqual(
      [
        [false, 1, true],
        [true, 0, true],
      ],
    );
    expect([lab.rds.calls, lab.bus.events, secretsIn(seen)]).toEqual([[], [], []]);
  });

  it("it takes back what it posted, whatever Slack refuses", async () => {
    lab.slack.faults.next({ kind: "error", error: "cant_update_message" }, { method: "chat.update" });
    const seen = await invoke("watch", [TRYING], lab, settingsOf(lab));
    expect(askedIn(seen)).toMatchObject([{ result: "refused", came: expect.stringContaining("cant_update_message") }]);
    expect(lab.slack.messages.filter(({ deleted }) => !deleted)).toEqual([]);
    expect(lab.slack.messages.length).toBe(2);
  });

  it.each(PLAIN.filter((name) => name !== "watch"))("the bundle of the %s function posts nothing all the same", async (name) => {
    const seen = await invoke(name, [TRYING], lab, { ...settingsOf(lab), PRINCIPAL_ARN: "arn:aws:iam::123456789012:role/recreate" });
    expect(askedIn(seen).length).toBeGreaterThan(6);
    expectNothingDone(seen);
  });

  it.each([["yes"], [1], [{}]])("with post: %j nobody is asked to", async (post) => {
    const seen = await invoke("watch", [{ selfTest: { ...EVENT.selfTest, post } }], lab, settingsOf(lab));
    expect(askedIn(seen).length).toBeGreaterThan(6);
    expectNothingDone(seen);
  });
});

it("the bundle of the slack function reads the signing secret and asks whether it may hand on", async () => {
  const seen = await invoke("slack", [EVENT], lab, { SLACK_SECRET: "bluegreen-guard/slack", ANSWER_FUNCTION: "bluegreen-guard-answer" });
  expect(askedIn(seen).map(({ came }) => came)).toEqual(["it holds what this function needs", "allowed"]);
  expectNothingDone(seen);
});

it("a function says which of its own calls are refused, by AWS's names", async () => {
  const seen = await invoke("sweep", [EVENT], lab, { ...settingsOf(lab), TABLE_NAME: "none", SLACK_SECRET: "none" });
  const refused = askedIn(seen).filter(({ result }) => result === "refused");
  expect(refused.map(({ what }) => what)).toEqual([
    "dynamodb:PutItem of a new item",
    "dynamodb:Query of the index of open items",
    "dynamodb:PutItem of the same new item",
    "dynamodb:GetItem",
    "dynamodb:PutItem that takes the item out of the index",
    "secretsmanager:GetSecretValue of the Slack secret",
  ]);
  expect(refused[0]?.came).toMatch(/^ResourceNotFoundException: /);
});
