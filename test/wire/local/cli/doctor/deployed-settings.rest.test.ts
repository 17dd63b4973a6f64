import { describe, expect, it } from "vitest";
import { lineOf } from "../../../../../local/cli/doctor/check.ts";
import type { Visit } from "../../../../../local/cli/doctor/visit.ts";
import type { Given } from "../../../../../src/settings/given.ts";
import { type DoctorLab, GIVEN, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

const ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret";

async function said(lab: DoctorLab, given: Given = {}) {
  return (await lab.doctor({ given: { ...GIVEN, ...given } }, ["deployed-settings"])).get("deployed-settings");
}

/** The role that the recreate function has, with one policy more. */
function addPolicy({ account }: DoctorLab, PolicyDocument: object | null): void {
  const { Resources = {} } = account.stack?.template ?? {};
  const own = Object.values(Resources).find(
    ({ Type, Properties }) => Type === "AWS::IAM::Policy" && JSON.stringify(Properties?.["PolicyDocument"]).includes("PassMonitoringRoles"),
  );
  Resources["Extra"] = { Type: "AWS::IAM::Policy", Properties: { Roles: own?.Properties?.["Roles"], PolicyDocument } };
}

describe("doctor's deployed-settings", () => {
  it.each([
    ["create", `${ARN}:bluegreen-guard/slack-AbCdEf`],
    ["create", "bluegreen-guard/slack"],
    ["bluegreen-guard/slack", `${ARN}:bluegreen-guard/slack-prod-AbCdEf`],
    ["bluegreen-guard/slack", "bluegreen-guard/slack-prod"],
    ["b", `${ARN}:bluegreen-guard/slack-AbCdEf`],
    [`${ARN}:bluegreen-guard/slack-AbCdEf`, `${ARN}:bluegreen-guard/slack-AbCdEg`],
  ])("fails where the file states the secret %s, and %s is deployed", async (slackSecret, deployed) => {
    const lab = await openDoctorLab();
    lab.variable("SLACK_SECRET", deployed);
    expect(await said(lab, { slackSecret })).toMatchObject({
      result: "fail",
      came: `slackSecret: stated ${slackSecret}, deployed ${deployed}`,
    });
  });

  it.each([
    ["bluegreen-guard/slack", "bluegreen-guard/slack"],
    ["bluegreen-guard/slack", `${ARN}:bluegreen-guard/slack-AbCdEf`],
    ["bluegreen-guard/slack", `${ARN}:bluegreen-guard/slack`],
    [`${ARN}:bluegreen-guard/slack-AbCdEf`, `${ARN}:bluegreen-guard/slack-AbCdEf`],
  ])("passes where the file states the secret %s, and %s is deployed", async (slackSecret, deployed) => {
    const lab = await openDoctorLab();
    lab.variable("SLACK_SECRET", deployed);
    expect(await said(lab, { slackSecret })).toMatchObject({ result: "pass" });
  });

  it("passes where lists name the same in another order, or one of it twice", async () => {
    const lab = await openDoctorLab();
    lab.variable("SLACK_OPERATORS", "U0123456789,S0123456789");
    lab.variable("SLACK_COMMAND_CHANNELS", "C0123456789,C9876543210");
    const given: Given = {
      operators: ["S0123456789", "U0123456789", "S0123456789"],
      commandChannels: ["C9876543210", "C0123456789"],
      greenNames: ["*-green-*", "*-green-*"],
      monitoringRoleArns: Array(2).fill("arn:aws:iam::123456789012:role/rds-monitoring-role"),
    };
    expect(await said(lab, given)).toMatchObject({ result: "pass" });
    lab.variable("SLACK_OPERATORS", "U0123456789");
    expect(await said(lab, given)).toMatchObject({ came: "operators: stated S0123456789,U0123456789, deployed U0123456789" });
  });

  it.each<[string, object]>([
    ["one statement without a list", { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } }],
    ["a statement without resources", { Statement: [{ Sid: "ChangeGreenInstances", Effect: "Deny", Action: "s3:*", NotResource: "*" }] }],
    ["no statement", {}],
  ])("passes where the role has another policy of its own with %s", async (_, document) => {
    const lab = await openDoctorLab();
    addPolicy(lab, document);
    expect(await said(lab)).toMatchObject({ result: "pass" });
  });

  it("is unknown where IAM answers what is no policy, with what that came to, and the next question is asked", async () => {
    const lab = await openDoctorLab();
    addPolicy(lab, null);
    const lines = await lab.doctor({}, ["deployed-settings", "functions"]);
    expect(lines.get("deployed-settings")).toMatchObject({
      result: "unknown",
      came: expect.stringMatching(/^TypeError: /),
      means: expect.stringContaining("greenNames"),
    });
    expect(lines.get("functions")).toMatchObject({ result: "pass" });
  });
});

it("a question of doctor that ends in a fault nobody expected is unknown, with the fault's words", async () => {
  const ask = async () => JSON.parse("<html>") as never;
  expect(await lineOf({ id: "odd", asked: "what nobody answers", of: "account", ask }, {} as Visit)).toMatchObject({
    id: "odd",
    result: "unknown",
    came: expect.stringMatching(/^SyntaxError: .*<html>/),
    todo: expect.stringContaining("report this line"),
  });
});
