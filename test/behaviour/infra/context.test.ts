import { Stack } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { propsFromSettings } from "../../../infra/context.ts";
import { PropsError } from "../../../infra/props.ts";
import { temporaryApp } from "../../support/infra/synth.ts";
import { settingsFolder } from "../../support/settings.ts";

const STATED = { slackChannel: "C0123456789", slackSecret: "create", operators: "none", alarmEmail: "none" };
const PROPS = { slackChannel: "C0123456789", operators: [], slackSecret: undefined, alarmEmail: undefined, alarmTopic: undefined };

/** The props by the context, and by the files of the folder. */
const propsOf = (context: Record<string, unknown>, files: Record<string, unknown> = {}) =>
  propsFromSettings(new Stack(temporaryApp({ context }), "Test"), settingsFolder(files));

describe("the context of the CDK", () => {
  it("gives each prop the value that its text means", () => {
    const given = { commands: "false", operators: "U0123456789, S0123456789", approvals: "1", commandChannels: "C0123456789" };
    expect(propsOf({ ...STATED, ...given, slackConcurrency: "5", alarmEmail: "oncall@example.com", logRetention: "30" })).toEqual({
      ...PROPS,
      commands: false,
      operators: ["U0123456789", "S0123456789"],
      approvals: 1,
      commandChannels: ["C0123456789"],
      slackConcurrency: 5,
      alarmEmail: "oncall@example.com",
      logRetention: 30,
    });
  });

  it("gives what cdk.json says in JSON likewise", () => {
    const given = { operations: false, settleMinutes: 15, approvals: 1, greenNames: ["*-green-*", "*-next"] };
    expect(propsOf({ ...STATED, ...given })).toEqual({ ...PROPS, ...given });
  });

  it.each([
    ["approvals", "two", 'approvals takes 0 or 1; received "two".'],
    ["slackConcurrency", "many", 'slackConcurrency takes a whole number, 1 to 1000; received "many".'],
    ["settleMinutes", "121", "settleMinutes takes a number of minutes, 1 to 120; received 121."],
    ["operators", "U0123456789,@oncall", 'such as U0123456789 and S0123456789, or "none"; received "@oncall".'],
    ["slackSecret", "team slack", 'slackSecret takes a secret\'s name or ARN, or "create"; received "team slack".'],
    ["alarmTopic", "oncall", 'alarmTopic takes the ARN of an SNS topic, or "none"; received "oncall".'],
  ])("refuses %s=%s by name", (key, value, message) => {
    expect(() => propsOf({ ...STATED, [key]: value })).toThrow(message);
  });
});

describe("the settings file", () => {
  const file = { ...STATED, operators: ["U0123456789"], settleMinutes: 20 };

  it("gives the props, and what the context says comes before it", () => {
    const files = { "bluegreen-guard.json": file };
    expect(propsOf({}, files)).toEqual({ ...PROPS, operators: ["U0123456789"], settleMinutes: 20 });
    expect(propsOf({ settleMinutes: "30" }, files)).toEqual({ ...PROPS, operators: ["U0123456789"], settleMinutes: 30 });
  });

  it("is named where it is refused", () => {
    expect(() => propsOf({}, { "bluegreen-guard.json": { ...file, watch: "some" } })).toThrow(
      /^.+\/bluegreen-guard\.json is refused: watch takes "all" or "tagged"; received "some"\. Correct it there\.$/,
    );
  });
});

describe("what a stack's settings have to state", () => {
  it.each([
    ["slackChannel", ["slackChannel"], "slackChannel is missing: "],
    ["slackSecret", ["slackSecret"], "slackSecret is missing: "],
    ["operators", ["operators"], "operators is missing: "],
    ["alarms", ["alarmEmail"], "alarmEmail and alarmTopic are missing: "],
  ])("is refused where it is left out: %s", (_, names, message) => {
    const context = Object.fromEntries(Object.entries(STATED).filter(([name]) => !names.includes(name)));
    const read = () => propsOf(context);
    expect(read).toThrow(PropsError);
    expect(read).toThrow(message);
    expect(read).toThrow('"npx bluegreen-guard init"');
  });

  it("is one of alarmEmail and alarmTopic, either of which will do", () => {
    const { alarmEmail: _, ...others } = STATED;
    expect(propsOf({ ...others, alarmTopic: "none" })).toEqual(PROPS);
    const topic = propsOf({ ...others, alarmTopic: "arn:aws:sns:ap-northeast-1:123456789012:oncall" }).alarmTopic;
    expect(topic?.topicArn).toBe("arn:aws:sns:ap-northeast-1:123456789012:oncall");
  });

  it("is the secret by its name, by its ARN with or without the last six characters, or one to create", () => {
    const arn = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:team/slack";
    const secretOf = (slackSecret: string) => propsOf({ ...STATED, slackSecret }).slackSecret;
    expect(secretOf("create")).toBeUndefined();
    expect(secretOf("team/slack")?.secretName).toBe("team/slack");
    expect(secretOf(arn)?.secretName).toBe("team/slack");
    expect(secretOf(`${arn}-aB3dE6`)?.secretFullArn).toBe(`${arn}-aB3dE6`);
  });
});
