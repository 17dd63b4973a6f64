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

describe("a mistake in what was typed is answered with 2, one sentence and where the usage is", () => {
  it.each([
    [["recreate"], "recreate takes the name or the id of a blue/green deployment."],
    [["cancel"], "cancel takes the name or the id of a blue/green deployment."],
    [["switchover"], "switchover takes the name or the id of a blue/green deployment."],
    [["switchover", "a", "--timeout", "29"], '--timeout takes whole seconds, 30 to 3600; received "29".'],
    [["switchover", "a", "--timeout", "3601"], '--timeout takes whole seconds, 30 to 3600; received "3601".'],
    [["switchover", "a", "--timeout", "5m"], '--timeout takes whole seconds, 30 to 3600; received "5m".'],
    [["recreate", "a", "--timeout", "300"], "There is no option --timeout here.\n"],
    [["recreate", "a", "b"], "recreate takes one name or id; received a b."],
    [["status", "a", "b"], "status takes one name or id; received a b."],
    [["recreate", "a", "--force"], "There is no option --force here.\n"],
    [["recreate", "a", "--target-engine-version", ""], '--target-engine-version takes the engine version as RDS writes it; received "".'],
    [["recreate", "a", "--target-parameter-group", "a b"], "--target-parameter-group takes the instance parameter group as RDS writes"],
    [["switchover", "a", "--target-engine-version", "16.4"], "There is no option --target-engine-version here.\n"],
    [["cancel", "a", "--timeout", "300"], "There is no option --timeout here.\n"],
    [["watch", "orders"], '"orders" is no option, and nothing else is taken here.'],
    [["watch", "--every", "4"], '--every takes whole seconds, 5 to 3600; received "4".'],
    [["watch", "--every", "1m"], '--every takes whole seconds, 5 to 3600; received "1m".'],
    [["watch", "--once", "--every", "60"], '--every cannot stand beside --once; received "60".'],
    [["watch", "--yes"], "There is no option --yes here.\n"],
    [["cancel", "a", "--yes"], "--yes is taken only beside --force"],
    [["status", "--jsn"], "There is no option --jsn here. Did you mean --json?\n"],
    [["status", "-h"], "There is no option -h here. Did you mean --help?\n"],
    [["hello", "--chanel=C0123456789"], "There is no option --chanel here. Did you mean --channel?\n"],
    [["init", "--slackChannel", "C0123456789"], "There is no option --slackChannel here. Did you mean --slack-channel?\n"],
    [["recreate", "a", "--yes=true"], '--yes takes no value; received "true".'],
    [["recreate", "a", "--state"], "--state takes a value, and none was given."],
    [["status", "--state", "--json"], '--state takes a value, and "--json" looks like an option: write --state=--json if it is'],
    [["status", "--state", ""], '--state takes a folder; received "".'],
    [["watch", "--state="], '--state takes a folder; received "".'],
    [["status", ""], 'status takes the name or the id of a blue/green deployment; received "".'],
    [["recreate", " "], 'recreate takes the name or the id of a blue/green deployment; received " ".'],
    [["doctor", "--pst"], "There is no option --pst here. Did you mean --post?\n"],
    [["routes", "cluster"], '"cluster" is no option, and nothing else is taken here.'],
    [["replay"], "EVENTS: name at least one file with saved events."],
    [["cancel", "a", "--alone"], "There is no option --alone here.\n"],
  ])("%j", async (args, words) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.slice(0, words.length)).toBe(words);
    expect(err.split("\n").slice(1)).toEqual([`See npx bluegreen-guard ${args[0]} --help`, ""]);
  });
});

// A script may hand on what it has read elsewhere.
describe("what was typed wrongly steers no terminal when it is said", () => {
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

describe("what is wrong with the way to AWS is said in a line", () => {
  it.each([
    ["no credentials", 1, { AWS_ACCESS_KEY_ID: undefined }, /^Could not load credentials from any providers\. Sign in to AWS/],
    [
      "a profile that is not there",
      1,
      { AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: "nope" },
      /^Could not load credentials from any providers\. AWS_PROFILE names the profile "nope", which has no credentials here: .+aws sso login --profile nope/,
    ],
    ["nobody there", 1, {}, /^connect ECONNREFUSED 127\.0\.0\.1:1\. It cannot be reached from here/],
    [
      "no URL",
      2,
      { AWS_ENDPOINT_URL: "nonsense" },
      /^An endpoint's address takes a URL .*; received "nonsense"\. Look at AWS_ENDPOINT_URL/,
    ],
  ])("%s, with %i", async (_, expected, environment, words) => {
    for (const args of [["status"], ["watch", "--once"], ["recreate", "a", "--yes"], ["cancel", "a"]]) {
      const { code, out, err } = await run(args, environment);
      expect({ args, code, out }).toEqual({ args, code: expected, out: "" });
      expect(err).toMatch(words);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  it("a proxy's page in AWS's place", async () => {
    const { environment } = await openHelloLab();
    const { code, err } = await run(["status"], { AWS_ENDPOINT_URL: environment["AWS_ENDPOINT_URL"] });
    expect(code).toBe(1);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).not.toContain("Deserialization");
  });
});
