import { Stack } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { propsFromContext } from "../../../infra/context.ts";
import { temporaryApp } from "../../support/infra/synth.ts";

const propsOf = (context: Record<string, unknown>) =>
  propsFromContext(new Stack(temporaryApp({ context: { slackChannel: "C0123456789", ...context } }), "Test"));

describe("the context of the CDK", () => {
  it("gives each prop the value that its text means", () => {
    const given = { commands: "false", operators: "U0123456789, S0123456789", approvals: "1", commandChannels: "C0123456789" };
    expect(propsOf({ ...given, slackConcurrency: "5", alarmEmail: "oncall@example.com", logRetention: "30" })).toEqual({
      slackChannel: "C0123456789",
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
    expect(propsOf(given)).toEqual({ slackChannel: "C0123456789", ...given });
  });

  it.each([
    ["approvals", "two", 'approvals takes 0 or 1; received "two".'],
    ["slackConcurrency", "many", 'slackConcurrency takes a whole number, 1 to 1000; received "many".'],
    ["settleMinutes", "121", 'settleMinutes takes a number of minutes, 1 to 120; received "121".'],
    ["operators", "U0123456789,@oncall", "operators takes ids of Slack users and user groups, such as U0123456789 and S0123456789"],
  ])("refuses %s=%s by name", (key, value, message) => {
    expect(() => propsOf({ [key]: value })).toThrow(message);
  });
});
