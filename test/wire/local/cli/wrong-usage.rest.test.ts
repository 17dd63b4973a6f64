import { describe, expect, it } from "vitest";
import { BIN, openHelloLab, runNode } from "../../../support/local/hello-run.ts";

const NOWHERE = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "lab",
  AWS_SECRET_ACCESS_KEY: "lab",
};
const run = (args: string[], environment: Record<string, string | undefined> = {}) =>
  runNode([BIN, ...args], { ...NOWHERE, ...environment });

describe("a mistake in what was typed is answered with 2 and the usage", { timeout: 60_000 }, () => {
  it.each([
    [["recreate"], "recreate takes the name or the id of a blue/green deployment."],
    [["cancel"], "cancel takes the name or the id of a blue/green deployment."],
    [["switchover"], "switchover takes the name or the id of a blue/green deployment."],
    [["switchover", "a", "--timeout", "29"], "--timeout takes whole seconds, 30 to 3600; received 29."],
    [["switchover", "a", "--timeout", "3601"], "--timeout takes whole seconds, 30 to 3600; received 3601."],
    [["switchover", "a", "--timeout", "5m"], "--timeout takes whole seconds, 30 to 3600; received 5m."],
    [["recreate", "a", "--timeout", "300"], "Unknown option '--timeout'"],
    [["recreate", "a", "b"], "recreate takes one name or id; received a b."],
    [["status", "a", "b"], "status takes one name or id; received a b."],
    [["recreate", "a", "--force"], "Unknown option '--force'"],
    [["recreate", "a", "--target-engine-version", ""], '--target-engine-version takes the engine version as RDS writes it; received "".'],
    [["recreate", "a", "--target-parameter-group", "a b"], "--target-parameter-group takes the instance parameter group as RDS writes"],
    [["switchover", "a", "--target-engine-version", "16.4"], "Unknown option '--target-engine-version'"],
    [["cancel", "a", "--timeout", "300"], "Unknown option '--timeout'"],
    [["watch", "orders"], "Unexpected argument 'orders'"],
    [["watch", "--every", "4"], "--every takes whole seconds, 5 to 3600; received 4."],
    [["watch", "--every", "1m"], "--every takes whole seconds, 5 to 3600; received 1m."],
    [["watch", "--once", "--every", "60"], "--every cannot stand beside --once; received 60."],
    [["watch", "--yes"], "Unknown option '--yes'"],
    [["cancel", "a", "--alone"], "Unknown option '--alone'"],
  ])("%j", async (args, words) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.startsWith(words)).toBe(true);
    expect(err).toContain(`\n\nUsage: bluegreen-guard ${args[0]}`);
  });
});

// A script may hand on what it has read elsewhere.
describe("what was typed wrongly steers no terminal when it is said", { timeout: 60_000 }, () => {
  const STEERS = "\u001b[2Jx\u202e";
  it.each([
    [[STEERS]],
    [["recreate", STEERS, "b"]],
    [["recreate", `--${STEERS}`]],
    [["switchover", "a", "--timeout", STEERS]],
    [["recreate", "a", "--target-engine-version", STEERS]],
    [["hello", STEERS]],
    [["hello", "--channel", STEERS]],
    [["replay", STEERS]],
    [["replay", `--${STEERS}`]],
  ])("%j", async (args) => {
    const { out, err } = await run(args);
    expect((out + err).match(/(?!\n)[\p{Cc}\p{Cf}]/u)).toBeNull();
    expect(err).toContain("␛[2Jx<U+202E>");
  });
});

describe("what is wrong with the way to AWS is said in a line, with 2", { timeout: 60_000 }, () => {
  it.each([
    ["no region", { AWS_REGION: undefined }, "Region is missing. Name the region: AWS_REGION.\n"],
    ["no credentials", { AWS_ACCESS_KEY_ID: undefined }, /^Could not load credentials from any providers\. Sign in to AWS/],
    [
      "a profile that is not there",
      { AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: "nope" },
      /^Could not load credentials from any providers\. AWS_PROFILE names the profile "nope", which has no credentials here: .+aws sso login --profile nope/,
    ],
    ["nobody there", {}, /^connect ECONNREFUSED 127\.0\.0\.1:1\. It cannot be reached from here/],
    ["no URL", { AWS_ENDPOINT_URL: "nonsense" }, /^An endpoint's address takes a URL .*; received "nonsense"\. Look at AWS_ENDPOINT_URL/],
  ])("%s", async (_, environment, words) => {
    const { code, out, err } = await run(["status"], environment);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toEqual(words instanceof RegExp ? expect.stringMatching(words) : words);
  });

  it("a proxy's page in AWS's place", async () => {
    const { environment } = await openHelloLab();
    const { code, err } = await run(["status"], { AWS_ENDPOINT_URL: environment["AWS_ENDPOINT_URL"] });
    expect(code).toBe(2);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).not.toContain("Deserialization");
  });
});
