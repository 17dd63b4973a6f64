import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN, runNode } from "../../../support/local/hello-run.ts";
import { openTerminalLab, slackOf } from "../../../support/local/terminal-lab.ts";
import { settingsFolder } from "../../../support/settings.ts";

describe("the settings of bluegreen-guard recreate", () => {
  it("are whole or none for Slack", async () => {
    const lab = await openTerminalLab();
    const half = await lab.run(["recreate", "orders-15"], { ...slackOf(lab), SLACK_SECRET: undefined });
    expect(half).toMatchObject({ code: 2, out: "" });
    expect(half.err).toBe(
      "Neither SLACK_BOT_TOKEN nor SLACK_SECRET is set. Set SLACK_CHANNEL, and SLACK_BOT_TOKEN or SLACK_SECRET, or none of them: then Slack is told nothing.\n",
    );
    const empty = await lab.run(["recreate", "orders-15"], { ...slackOf(lab), SLACK_SECRET: undefined, SLACK_BOT_TOKEN: "" });
    expect(empty).toMatchObject({ code: 2, err: expect.stringMatching(/^SLACK_BOT_TOKEN is empty\. Set SLACK_CHANNEL, and/) });
    const person = await lab.run(["watch"], { ...slackOf(lab), SLACK_SECRET: undefined, SLACK_BOT_TOKEN: "xoxp-of-a-person" });
    expect(person).toMatchObject({ code: 2, err: expect.stringMatching(/^SLACK_BOT_TOKEN takes the Slack app's bot token/) });
    expect(person.err).not.toContain("xoxp-");
    const named = await lab.run(["recreate", "orders-15"], { ...slackOf(lab), SLACK_CHANNEL: "general" });
    expect(named.err).toMatch(/^SLACK_CHANNEL takes a channel's id, .*; received "general"\./);
  });

  it("name a table that there is", async () => {
    const lab = await openTerminalLab();
    const { code, err } = await lab.run(["recreate", "orders-15"], { BLUEGREEN_GUARD_TABLE: "guard" });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'There is no table "guard" here. Look at BLUEGREEN_GUARD_TABLE, and at account and region.\n',
    });
  });
});

describe("a settings file that cannot be read is named, with what to do, by every command", () => {
  const COMMANDS = [["hello"], ["doctor"], ["watch", "--once"], ["init", "--no-look"]];
  it.each([
    [
      '{"slackChannel": ',
      /bluegreen-guard\.json is no JSON: .+\. Correct it, or take it away: npx bluegreen-guard init writes a new one\.\n$/,
    ],
    ["[]", /bluegreen-guard\.json holds no JSON object: it begins with \{, .+ Correct it, or take it away/],
    [
      '{"watch": 1, "wach": "all"}',
      /is refused: watch takes "all" or "tagged"; received .+ wach is no setting of the guard\. Correct it there\.\n$/,
    ],
    [undefined, /bluegreen-guard\.json is a folder, .*: take it away, or run the command in another folder\.\n$/],
  ])("%j", async (text, words) => {
    const folder = settingsFolder({});
    const path = join(folder, "bluegreen-guard.json");
    if (text === undefined) mkdirSync(path);
    else writeFileSync(path, text);
    for (const args of COMMANDS) {
      const { code, out, err } = await runNode([resolve(BIN), ...args], { AWS_REGION: "ap-northeast-1" }, folder);
      expect({ args, code, out }).toEqual({ args, code: 2, out: "" });
      expect(err).toMatch(words);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  it("or does not end, as a link that leads to itself", async () => {
    const folder = settingsFolder({});
    symlinkSync("bluegreen-guard.json", join(folder, "bluegreen-guard.json"));
    const { code, err } = await runNode([resolve(BIN), "hello"], {}, folder);
    expect([code, err]).toEqual([2, expect.stringMatching(/cannot be read \(ELOOP: .+\): correct that, or take it away\.\n$/)]);
  });
});
