import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettingsFile, SettingsFileError } from "../../../src/settings/file.ts";
import { settingsFolder } from "../../support/settings.ts";

const GIVEN = { slackChannel: "C0123456789", slackSecret: "create", operators: ["U0123456789"], alarmEmail: "none" };

const read = (files: Record<string, unknown>) => readSettingsFile(settingsFolder(files));

describe("the settings in a folder", () => {
  it("are those of bluegreen-guard.json, as they are written there, without what editors read", () => {
    const folder = settingsFolder({ "bluegreen-guard.json": { $schema: "./bluegreen-guard.schema.json", ...GIVEN } });
    expect(readSettingsFile(folder)).toEqual({ path: join(folder, "bluegreen-guard.json"), given: GIVEN });
  });

  it("are those in the context of cdk.json, where lists and numbers may be texts, and other keys are not the guard's", () => {
    const context = { ...GIVEN, operators: "U0123456789, S0123456789", settleMinutes: "15", watch: "", "other:key": true };
    const folder = settingsFolder({ "cdk.json": { app: "node app.js", context } });
    const given = { ...GIVEN, operators: ["U0123456789", "S0123456789"], settleMinutes: 15 };
    expect(readSettingsFile(folder)).toEqual({ path: join(folder, "cdk.json"), given });
  });

  it.each([{}, { "cdk.json": { app: "node app.js" } }, { "cdk.json": { context: { "cli-telemetry": false } } }])(
    "are none where no file states any: %j",
    (files) => expect(read(files)).toBeUndefined(),
  );

  it("are refused where both files state some, since one would hide the other", () => {
    const files = { "bluegreen-guard.json": GIVEN, "cdk.json": { context: { watch: "tagged" } } };
    expect(() => read(files)).toThrow(SettingsFileError);
    expect(() => read(files)).toThrow(/Settings stand in both .*bluegreen-guard\.json and the context of .*cdk\.json \(watch\): keep them/);
  });

  it("are refused with every problem at once", () => {
    const wrong = { ...GIVEN, slackChannel: "#general", operatrs: "none", settleMinutes: "15", approvals: null, commandChannels: "none" };
    const problems = [
      "slackChannel takes a channel's id, such as C0123456789: in Slack, open the channel's details; received \"#general\".",
      "operatrs is no setting of the guard.",
      'settleMinutes takes a number of minutes, 1 to 120; received "15".',
      "approvals takes 0 or 1; received null.",
      'commandChannels takes ids of Slack channels, such as C0123456789 and C9876543210; received "none".',
    ];
    expect(() => read({ "bluegreen-guard.json": wrong })).toThrow(`/bluegreen-guard.json is refused: ${problems.join(" ")}`);
  });

  it.each([
    ['{"slackChannel": }', /bluegreen-guard\.json is no JSON: Unexpected token/],
    ["[]", /bluegreen-guard\.json holds no JSON object: it begins with \{/],
    ["", /bluegreen-guard\.json is no JSON: /],
  ])("are refused where they are no JSON object: %s", (text, message) => {
    expect(() => read({ "bluegreen-guard.json": text })).toThrow(message);
  });
});
