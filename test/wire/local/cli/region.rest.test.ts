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

  it("because of a mistyped profile is said with that, and with the profiles that are there", async () => {
    const config = join(settingsFolder({}), "config");
    writeFileSync(config, "[default]\noutput = json\n[profile prod]\nregion = eu-west-1\n[sso-session a]\nsso_region = eu-west-1\n");
    const mistyped = { AWS_CONFIG_FILE: config, AWS_PROFILE: "prodd" };
    const typed = await run(["status"], mistyped);
    const first =
      'AWS_PROFILE names the profile "prodd", which is not there, or has nothing in it: correct the name (there are default, prod).';
    const last = "Name the region, such as ap-northeast-1, in AWS_REGION, or in the profile";
    expect([typed.code, typed.err]).toEqual([2, `${first} ${last} "prodd": no region was given.\n`]);
    expect(await run(["init", ...INIT], mistyped)).toEqual({ ...typed, out: "" });
    writeFileSync(config, "[profile bare]\noutput = json\n");
    const bare = await run(["status"], { AWS_CONFIG_FILE: config, AWS_PROFILE: "bare" });
    expect(bare.err).toBe(`${last} "bare": no region was given.\n`);
  });

  it("keeps init from writing only if one was named", async () => {
    const folder = settingsFolder({});
    expect(await run(["init", ...INIT], {}, folder)).toMatchObject({ code: 0, out: expect.stringMatching(/^Not looked at: the account/) });
    expect(existsSync(join(folder, "bluegreen-guard.json"))).toBe(true);
  });
});

describe("an address of AWS or Slack that is none", () => {
  const own = { AWS_REGION: "ap-northeast-1" };
  const words = (given: string, variable = "AWS_ENDPOINT_URL") =>
    `An endpoint's address takes a URL that begins with https:// or http://; received "${given}". Look at ${variable} and the profile's endpoint_url.\n`;

  it.each([["127.0.0.1:4771"], ["ftp://127.0.0.1"]])("is refused by every command, before anything is asked: %j", async (given) => {
    for (const args of COMMANDS) {
      const folder = settingsFolder({});
      const { err, ...ended } = await run(args, { ...own, AWS_ENDPOINT_URL: given }, folder);
      expect({ args, ...ended, err }).toEqual({ args, code: 2, out: "", err: words(given) });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("is refused wherever it was named, without the password in it", async () => {
    const config = join(settingsFolder({}), "config");
    writeFileSync(config, "[default]\nendpoint_url = localhost:4771\n");
    for (const [environment, expected] of [
      [{ AWS_ENDPOINT_URL_RDS: "localhost:4771" }, words("localhost:4771", "AWS_ENDPOINT_URL_RDS")],
      [{ AWS_ENDPOINT_URL: "", AWS_CONFIG_FILE: config }, words("localhost:4771")],
      [{ AWS_ENDPOINT_URL: "http://u:pw@" }, words("http://")],
      [{ AWS_ENDPOINT_URL: "u:p/w@host" }, words("host")],
    ] as const)
      expect(await run(["status"], { ...own, ...environment })).toEqual({ code: 2, out: "", err: expected });
  });

  it.each([
    ["SLACK_API_URL", "notaurl", "a URL that begins with https:// or http://", "notaurl"],
    ["SLACK_API_URL", "http://u:pw@host", "a URL that begins with https:// or http://", "http://host"],
    ["SLACK_CHANNEL", "#general", "a channel's id, such as C0123456789: in Slack, open the channel's details", "#general"],
    ["SLACK_SECRET", "a b", "a secret's name or ARN", "a b"],
  ])("is refused by doctor in %s: %j", async (variable, given, takes, shown) => {
    const { code, err } = await run(["doctor"], { ...own, [variable]: given });
    expect([code, err]).toEqual([2, `${variable} takes ${takes}; received "${shown}".\n`]);
  });
});

it("no command shows the name and the password in an endpoint's address", async () => {
  const { url } = await openTerminalLab();
  const AWS_ENDPOINT_URL = url.replace("//", "//u:pw@");
  for (const args of [["status"], ["status", "--json"], ["recreate", "nobody", "--yes"], ["doctor"]]) {
    const { out, err } = await run(args, { AWS_REGION: "ap-northeast-1", AWS_ENDPOINT_URL });
    expect(out + err).toContain(args[0] === "doctor" ? "where" : `ap-northeast-1 · ${url}`);
    expect(out + err).not.toMatch(/u:pw|pw@/);
  }
});

describe("the region that the AWS CLI and the CDK take from AWS_DEFAULT_REGION", () => {
  it("is that of a command, unless AWS_REGION names another", async () => {
    const { url } = await openTerminalLab();
    const own = { AWS_ENDPOINT_URL: url, AWS_DEFAULT_REGION: "eu-west-1" };
    const empty = await run(["status"], { ...own, AWS_REGION: "" });
    expect(empty.out).toContain("account 123456789012 · eu-west-1 · ");
    const both = await run(["status"], { ...own, AWS_REGION: "ap-northeast-1" });
    expect([(await run(["status"], own)).out, both.out]).toEqual([
      expect.stringContaining("account 123456789012 · eu-west-1 · "),
      expect.stringContaining("account 123456789012 · ap-northeast-1 · "),
    ]);
  });
});
