import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DBInstance } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { openTestLab, type TestLab } from "../../../support/lab/stage.ts";
import { BIN, runNode } from "../../../support/local/hello-run.ts";
import { settingsFolder } from "../../../support/settings.ts";

const STATED = ["--slack-channel", "C0123456789", "--slack-secret", "team/slack", "--operators", "U0123456789", "--alarm-email", "none"];
const FILE = { slackChannel: "C0123456789", slackSecret: "team/slack", operators: ["U0123456789"], alarmEmail: "none" };

const fileIn = (folder: string) => JSON.parse(readFileSync(join(folder, "bluegreen-guard.json"), "utf8"));
const init = (folder: string, args: string[], environment: Record<string, string> = {}) =>
  runNode([resolve(BIN), "init", ...args], environment, folder);

describe("init, where nobody is there to answer,", () => {
  it("writes what the flags give, with the schema that is in reach, and says the next command", async () => {
    const folder = settingsFolder({ "bluegreen-guard.schema.json": {} });
    const { code, out, err } = await init(folder, [...STATED, "--settle-minutes", "20", "--no-look"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(fileIn(folder)).toEqual({ $schema: "./bluegreen-guard.schema.json", ...FILE, settleMinutes: 20 });
    expect(out).toMatch(/\nNext: npx bluegreen-guard hello\n$/);
  });

  it("changes what the file states, keeps the rest, and leads to the deploy where the stack creates the secret", async () => {
    const folder = settingsFolder({ "bluegreen-guard.json": { ...FILE, settleMinutes: 20 } });
    const { out } = await init(folder, ["--slack-secret", "create", "--no-look"]);
    expect(fileIn(folder)).toEqual({ ...FILE, settleMinutes: 20, slackSecret: "create" });
    expect(out).toMatch(/\nNext: npx cdk deploy\n$/);
  });

  it("refuses where something is not stated, and writes nothing", async () => {
    const folder = settingsFolder({});
    const { code, err } = await init(folder, [...STATED.slice(0, 4), "--no-look"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^operators is missing: .+\nalarmEmail and alarmTopic are missing: .+\nGive the flags; /);
    expect(existsSync(join(folder, "bluegreen-guard.json"))).toBe(false);
  });

  it.each([
    [["--operators", "@oncall"], {}, /^--operators takes ids of Slack users and user groups, .+, or "none"; received "@oncall"\.$/m],
    [["--slackChannel", "C0123456789"], {}, /There is no option --slackChannel here\. Did you mean --slack-channel\?/],
    [STATED, { "bluegreen-guard.json": { watch: "some" } }, /bluegreen-guard\.json is refused: watch takes/],
    [STATED, { "cdk.json": { context: { watch: "all" } } }, /stand in the context of .*cdk\.json, where every command reads them/],
  ])("refuses %j beside %j", async (args, files, message) => {
    const folder = settingsFolder(files);
    const { code, err } = await init(folder, args);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("init looks at the account", () => {
  const environmentOf = ({ url }: TestLab) => ({
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "lab",
    AWS_SECRET_ACCESS_KEY: "lab",
  });
  const database = (name: string, role: string): DBInstance => ({
    DBInstanceIdentifier: name,
    Engine: "mysql",
    EngineVersion: "8.0.36",
    DBInstanceStatus: "available",
    MonitoringRoleArn: `arn:aws:iam::123456789012:role/${role}`,
  });

  it("and lists the roles that its databases use for Enhanced Monitoring, if one is not the console's", async () => {
    const lab = await openTestLab();
    lab.rds.addDatabases({ DBInstances: [database("orders", "rds-monitoring-role"), database("shop", "emaccess")] });
    lab.bus.exists = false;
    const folder = settingsFolder({});
    const { code, out, err } = await init(folder, STATED, environmentOf(lab));
    await lab.close();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Account 123456789012, ap-northeast-1\.\nNo guard is deployed here: there is no event bus bluegreen-guard\.\n/);
    expect(out).toMatch(/^ap-northeast-1 lacks nothing that these settings need, .+\nDatabases use these roles/m);
    expect(fileIn(folder).monitoringRoleArns).toEqual([
      "arn:aws:iam::123456789012:role/emaccess",
      "arn:aws:iam::123456789012:role/rds-monitoring-role",
    ]);
  });

  it("and keeps the roles that are listed, naming those that databases use and the list lacks", async () => {
    const lab = await openTestLab();
    lab.rds.addDatabases({ DBInstances: [database("orders", "rds-monitoring-role"), database("shop", "emaccess")] });
    const listed = ["arn:aws:iam::123456789012:role/rds-monitoring-role"];
    const folder = settingsFolder({ "bluegreen-guard.json": { ...FILE, monitoringRoleArns: listed } });
    const { out } = await init(folder, [], environmentOf(lab));
    await lab.close();
    expect(out).toContain("monitoringRoleArns does not list arn:aws:iam::123456789012:role/emaccess: databases that use it");
    expect(fileIn(folder)).toEqual({ ...FILE, monitoringRoleArns: listed });
  });

  it("and takes the account's alias for its name, unless the file states one", async () => {
    const lab = await openTestLab();
    lab.iam.alias = "acme-prod";
    const [unnamed, named] = [settingsFolder({}), settingsFolder({ "bluegreen-guard.json": { ...FILE, accountName: "prod" } })];
    const { out } = await init(unnamed, STATED, environmentOf(lab));
    await init(named, [], environmentOf(lab));
    await lab.close();
    expect(out).toContain("Messages call the account acme-prod, its alias: accountName is the setting.");
    expect([fileIn(unnamed).accountName, fileIn(named).accountName]).toEqual(["acme-prod", "prod"]);
  });

  it("and lists none where the default will do, and says that a guard is there already", async () => {
    const lab = await openTestLab();
    lab.rds.addDatabases({ DBInstances: [database("orders", "rds-monitoring-role")] });
    const folder = settingsFolder({});
    const { out } = await init(folder, STATED, environmentOf(lab));
    await lab.close();
    expect(out).toContain("The event bus bluegreen-guard is there: a guard is deployed here, and an account and region have one.");
    expect(out).toContain("Databases use no role for Enhanced Monitoring but the console's, rds-monitoring-role: nothing is to be listed.");
    expect(fileIn(folder)).toEqual(FILE);
  });

  it("and says of what it found nothing", async () => {
    const lab = await openTestLab();
    const before = (await init(settingsFolder({}), STATED, environmentOf(lab))).out;
    lab.rds.addDatabases({ DBInstances: [{ ...database("orders", ""), MonitoringRoleArn: undefined }], DBClusters: [] });
    const after = (await init(settingsFolder({}), STATED, environmentOf(lab))).out;
    await lab.close();
    expect(before + after).toContain("No database here has a role for Enhanced Monitoring.");
  });

  it("and says what it could not see, and what the region lacks, and writes the settings all the same", async () => {
    const lab = await openTestLab();
    lab.bus.mayDescribe = false;
    const folder = settingsFolder({});
    const { code, out } = await init(folder, STATED, { ...environmentOf(lab), AWS_REGION: "ap-south-2" });
    await lab.close();
    expect(code).toBe(0);
    expect(out).toMatch(/^Not looked at: whether the event bus bluegreen-guard is there \(.*not authorized/m);
    expect(out).toMatch(/^ap-south-2 has no Lambda Function URLs .* Set commands to false/m);
    expect(fileIn(folder)).toEqual(FILE);
  });

  it("only where somebody is signed in to it", async () => {
    const folder = settingsFolder({});
    const { code, out } = await init(folder, STATED, { AWS_REGION: "ap-northeast-1" });
    expect(code).toBe(0);
    expect(out).toMatch(/^Not looked at: the account \(.+\)\.$/m);
    expect(fileIn(folder)).toEqual(FILE);
  });
});
