import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { SLACK_SECRET } from "../../../../lab/secrets.ts";
import type { Fault } from "../../../../lab/slack/faults.ts";
import { answerJson, ServiceError } from "../../../../local/json-service.ts";
import { BIN, CHANNEL, openHelloLab, runNode, TOKEN } from "../../../support/local/hello-run.ts";
import { settingsFolder } from "../../../support/settings.ts";

const hello = (environment: Record<string, string | undefined>, ...args: string[]) =>
  runNode([resolve(BIN), "hello", ...args], environment, tmpdir());

const helloIn = (folder: string, environment: Record<string, string | undefined>) => runNode([resolve(BIN), "hello"], environment, folder);

/** Expects `hello` to fail with just this on stderr; the token is nowhere. */
async function expectProblem(environment: Record<string, string | undefined>, problem: string | RegExp): Promise<void> {
  const { code, out, err } = await hello(environment);
  expect(err).toMatch(problem);
  expect(err.trim().split("\n").length).toBe(1);
  expect(code).toBe(1);
  expect(out + err).not.toContain(TOKEN);
}

describe("hello", () => {
  it("takes what nobody gives from the settings file in its folder, and no signing secret where there are no commands", async () => {
    const { slack, secrets, environment } = await openHelloLab();
    secrets.secrets.set("team/slack", JSON.stringify({ botToken: TOKEN }));
    const { SLACK_CHANNEL: _, SLACK_SECRET: __, ...outside } = environment;
    const file = { slackChannel: CHANNEL, slackSecret: "team/slack", commands: false };
    const { code, out, err } = await helloIn(settingsFolder({ "bluegreen-guard.json": file }), outside);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain('The secret "team/slack" holds a bot token.');
    expect(slack.messages.length).toBe(1);
  });

  it("takes channel, secret and region from its arguments first", async () => {
    const { slack, secrets, environment } = await openHelloLab();
    secrets.secrets.set("team/slack", JSON.stringify({ botToken: TOKEN, signingSecret: "x" }));
    const wrong = { ...environment, SLACK_CHANNEL: "C0SOMEWHERE", SLACK_SECRET: "none", AWS_REGION: undefined };
    const { code } = await hello(wrong, "--channel", CHANNEL, "--secret", "team/slack", "--region", "ap-northeast-1");
    expect(code).toBe(0);
    expect(slack.messages.length).toBe(1);
  });
});

describe("hello says what is wrong with the secret:", () => {
  it("there is none", async () => {
    const { environment } = await openHelloLab();
    const missing = { ...environment, SLACK_SECRET: "team/slack" };
    await expectProblem(missing, /^The Slack secret "team\/slack" cannot be read \(ResourceNotFoundException: .+ Create it.+--region/);
  });

  it.each([
    [TOKEN, "is no JSON object"],
    ["{}", "holds no botToken"],
    [JSON.stringify({ botToken: "xoxp-of-a-person" }), "holds a botToken that is no bot token"],
  ])("it holds %s", async (text, problem) => {
    const { secrets, environment } = await openHelloLab();
    secrets.secrets.set(SLACK_SECRET, text);
    await expectProblem(
      environment,
      `The Slack secret "bluegreen-guard/slack" ${problem}. Put {"botToken": "xoxb-…", "signingSecret": "…"} into it.`,
    );
  });

  it("it holds a token alone, without which no command of Slack's is taken", async () => {
    const { secrets, environment } = await openHelloLab();
    secrets.secrets.set(SLACK_SECRET, JSON.stringify({ botToken: TOKEN }));
    await expectProblem(
      environment,
      /^The Slack secret "bluegreen-guard\/slack" holds no signingSecret\. Put \{"botToken": .+"signingSecret"/,
    );
  });

  it("nobody has put a value into it", async () => {
    const { secrets, environment } = await openHelloLab();
    secrets.secrets.set(SLACK_SECRET, undefined);
    await expectProblem(
      environment,
      /AWSCURRENT\)\. It has no value yet: put \{"botToken": "xoxb-…", "signingSecret": "…"\} into it \(aws secretsmanager put-secret-value\)\.$/m,
    );
  });

  it.each([
    ["AccessDeniedException", "Allow secretsmanager:GetSecretValue on it"],
    ["UnrecognizedClientException", "Sign in to AWS"],
  ])("AWS answers %s", async (name, remedy) => {
    const GetSecretValue = () => {
      throw new ServiceError(name, "AWS's own words");
    };
    const { environment } = await openHelloLab({ answer: (request) => answerJson({ GetSecretValue }, request) });
    await expectProblem(environment, new RegExp(`\\(${name}: AWS's own words\\)\\. ${remedy}`));
  });
});

describe("hello says what is wrong with the way to AWS:", () => {
  it.each([
    ["there are no credentials", { AWS_ACCESS_KEY_ID: undefined }, "Sign in to AWS (aws sso login"],
    ["there is no such profile", { AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: "nope" }, 'AWS_PROFILE names the profile "nope"'],
    ["nobody answers", { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "look at the network"],
  ])("%s", async (_, change, remedy) => {
    const { environment } = await openHelloLab();
    await expectProblem({ ...environment, ...change }, remedy);
  });
});

describe("hello says what is wrong with Slack:", () => {
  it("the token is refused", async () => {
    const { secrets, environment } = await openHelloLab();
    secrets.secrets.set(SLACK_SECRET, JSON.stringify({ botToken: "xoxb-of-another-app", signingSecret: "x" }));
    await expectProblem(environment, "Slack refused auth.test: invalid_auth. Correct the bot token in the Slack secret");
  });

  it.each([
    ["unknown", [], "channel_not_found. Correct the setting for the Slack channel"],
    [
      "one that the bot is not in",
      [{ id: CHANNEL, name: "x", member: false }],
      "not_in_channel. Invite the bot to the channel: /invite @bluegreen_guard.",
    ],
    ["archived", [{ id: CHANNEL, name: "x", archived: true }], "is_archived. The channel is archived: set another"],
  ])("the channel is %s", async (_, channels, problem) => {
    const { environment } = await openHelloLab({ channels });
    await expectProblem(environment, `Slack refused chat.postMessage: ${problem}`);
  });

  it.each<[string, Fault, string]>([
    ["a scope is missing", { kind: "error", error: "missing_scope" }, "missing_scope. Add the scope"],
    ["it limits", { kind: "rate-limited", retryAfterSeconds: 90 }, "try again in 90 s"],
    ["it is down", { kind: "http", status: 503 }, "HTTP 503. Run hello again in a minute."],
    ["it says what nobody knows", { kind: "error", error: "new_error" }, "new_error. Run hello again in a minute."],
    ["it does not answer", { kind: "reset" }, "look at the network"],
  ])("%s", async (_, fault, problem) => {
    const { slack, environment } = await openHelloLab();
    slack.faults.next(fault, { method: "chat.postMessage" });
    await expectProblem(environment, problem);
  });
});

describe("hello says what is wrong with its settings:", () => {
  it("which are missing, all at once", async () => {
    const { code, err } = await hello({});
    expect(code).toBe(2);
    expect(err).toBe(
      "SLACK_CHANNEL is not set. SLACK_SECRET is not set.\n" +
        "Give --channel and --secret, set the environment variables, or have npx bluegreen-guard init write the settings.\n",
    );
  });

  it("the settings file in the folder, which is refused", async () => {
    const folder = settingsFolder({ "bluegreen-guard.json": { slackChannel: "general" } });
    const { code, err } = await helloIn(folder, {});
    expect(code).toBe(2);
    expect(err).toMatch(/bluegreen-guard\.json is refused: slackChannel takes a channel's id/);
  });

  it("a secret that the stack is to create", async () => {
    const folder = settingsFolder({ "bluegreen-guard.json": { slackChannel: CHANNEL, slackSecret: "create" } });
    const { code, err } = await helloIn(folder, {});
    expect(code).toBe(1);
    expect(err).toMatch(
      /the stack creates the secret\. Deploy it, put the value into the secret that its output BlueGreenGuardSlackSecret names/,
    );
  });

  it.each([
    [["--channel", "#blue-green", "--secret", "x"], "--channel takes a channel's id", "#blue-green"],
    [["--channel", ""], "--channel takes a channel's id", ""],
    [["--secret", "a b"], "--secret takes a secret's name or ARN", "a b"],
  ])("%j, by the name of the option", async (args, words, received) => {
    const { environment } = await openHelloLab();
    const { code, err } = await hello(environment, ...args);
    expect(code).toBe(2);
    expect(err.startsWith(words)).toBe(true);
    expect(err).toContain(`; received "${received}".\n`);
  });

  it("a channel is named in the environment where its id is wanted", async () => {
    const { code, err } = await hello({ SLACK_CHANNEL: "general", SLACK_SECRET: "x" });
    expect(code).toBe(2);
    expect(err).toMatch(/^SLACK_CHANNEL takes a channel's id, .*; received "general"\./);
  });

  it.each([["--token"], ["C0BLUEGREEN"], ["--channel"]])("%s is no argument of it", async (argument) => {
    const { code, out, err } = await hello({}, argument);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(/\nSee npx bluegreen-guard hello --help\n$/);
  });
});
