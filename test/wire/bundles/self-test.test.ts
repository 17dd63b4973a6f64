import { afterEach, beforeEach, expect, it } from "vitest";
import type { SelfTestAnswer } from "../../../src/handlers/self-test/asking.ts";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";
import { type Invocations, invoke, secretsIn, settingsOf } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openWireLab();
});
afterEach(() => lab.close());

const EVENT = { selfTest: { id: "0a1b2c3d" } };
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
