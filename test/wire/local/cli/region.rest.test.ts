import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN, runNode } from "../../../support/local/hello-run.ts";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";
import { settingsFolder } from "../../../support/settings.ts";

const INIT = ["--slack-channel", "C0123456789", "--slack-secret", "x", "--operators", "none", "--alarm-email", "none"];
const COMMANDS = [
  ["status"],
  ["watch", "--once"],
  ["recreate", "orders-15", "--yes"],
  ["switchover", "orders-15", "--yes"],
  ["cancel", "orders-15"],
  ["doctor"],
  ["hello", "--channel", "C0123456789", "--secret", "x"],
  ["init", ...INIT],
];
const NOWHERE = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_ACCESS_KEY_ID: "lab", AWS_SECRET_ACCESS_KEY: "lab" };

const run = (args: string[], environment: Record<string, string>, folder = settingsFolder({})) =>
  runNode([resolve(BIN), ...args], { ...NOWHERE, ...environment }, folder);

describe("a region that is none", () => {
  it.each([[""], ["ap-northeast-1 "], ["bad_region!"]])("is refused by every command, with what was given: %j", async (given) => {
    for (const args of COMMANDS) {
      const folder = settingsFolder({});
      const ended = await run(args, { AWS_REGION: given }, folder);
      const err = `Name the region, such as ap-northeast-1, in AWS_REGION: "${given}" was given.\n`;
      expect({ args, ...ended }).toEqual({ args, code: 2, out: "", err });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("is refused wherever it was named", async () => {
    const config = join(settingsFolder({}), "config");
    writeFileSync(config, "[default]\nregion = bad_region!\n");
    for (const [args, environment, words] of [
      [["status"], { AWS_DEFAULT_REGION: "a b" }, 'in AWS_DEFAULT_REGION: "a b" was given.'],
      [["status"], { AWS_CONFIG_FILE: config }, 'in AWS_REGION, or in the profile: "bad_region!" was given.'],
      [["status"], {}, "in AWS_REGION, or in the profile: no region was given."],
      [[...(COMMANDS[6] ?? []), "--region", ""], { AWS_REGION: "eu-west-1" }, 'after --region: "" was given.'],
    ] as const) {
      const { code, err } = await run([...args], environment);
      expect([code, err]).toEqual([2, `Name the region, such as ap-northeast-1, ${words}\n`]);
    }
  });

  it("keeps init from writing only if one was named", async () => {
    const folder = settingsFolder({});
    expect(await run(["init", ...INIT], {}, folder)).toMatchObject({ code: 0, out: expect.stringMatching(/^Not looked at: the account/) });
    expect(existsSync(join(folder, "bluegreen-guard.json"))).toBe(true);
  });
});

describe("the region that the AWS CLI and the CDK take from AWS_DEFAULT_REGION", () => {
  it("is that of a command, unless AWS_REGION names another", async () => {
    const { url } = await openTerminalLab();
    const own = { AWS_ENDPOINT_URL: url, AWS_DEFAULT_REGION: "eu-west-1" };
    const both = await run(["status"], { ...own, AWS_REGION: "ap-northeast-1" });
    expect([(await run(["status"], own)).out, both.out]).toEqual([
      expect.stringContaining("account 123456789012 · eu-west-1 · "),
      expect.stringContaining("account 123456789012 · ap-northeast-1 · "),
    ]);
  });
});
