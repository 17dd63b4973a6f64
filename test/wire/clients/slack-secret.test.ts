import { createServer } from "node:http";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { arnOf, SLACK_SECRET } from "../../../lab/secrets.ts";
import { addressOf } from "../../../lab/server.ts";
import { SlackError } from "../../../src/clients/slack/failure.ts";
import { createSlackSecret } from "../../../src/clients/slack/secret.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

function secretOf(endpoint: string, name = SLACK_SECRET) {
  return createSlackSecret(name, { endpoint, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
}

async function failure(read: () => Promise<unknown>): Promise<SlackError> {
  const error = await read().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SlackError)) throw new Error(`No SlackError but ${inspect(error)}`);
  return error;
}

describe("the Slack secret", () => {
  it.each([SLACK_SECRET, arnOf(SLACK_SECRET)])("is read by %s", async (name) => {
    expect(await secretOf(lab.url, name)()).toEqual({ botToken: "xoxb-lab" });
  });

  it("is remembered for five minutes, and a rotated token is in use after them", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const read = secretOf(lab.url);
    await read();
    lab.secrets.secrets.set(SLACK_SECRET, '{"botToken":"xoxb-rotated"}');
    vi.setSystemTime(Date.now() + 299_000);
    expect(await read()).toEqual({ botToken: "xoxb-lab" });
    vi.setSystemTime(Date.now() + 2_000);
    expect(await read()).toEqual({ botToken: "xoxb-rotated" });
  });

  it("that is not there is a setting to correct", async () => {
    const error = await failure(secretOf(lab.url, "other"));
    expect(error.kind).toBe("settings");
    expect(error.message).toBe(
      `The Slack secret "other" cannot be read (ResourceNotFoundException: Secrets Manager can't find the specified secret.). ` +
        `Create it, or correct the setting: it holds {"botToken": "xoxb-…", "signingSecret": "…"}.`,
    );
  });

  it.each([
    ["AccessDeniedException", "settings", "Allow secretsmanager:GetSecretValue on it"],
    ["DecryptionFailure", "settings", "Allow kms:Decrypt on the secret's key."],
    ["InvalidRequestException", "settings", "It is scheduled for deletion or has no value"],
    ["InternalServiceError", "later", "It is tried again."],
  ])("that AWS refuses with %s is for %s", async (code, kind, remedy) => {
    const error = await failure(secretOf(await refusing(code)));
    expect(error).toMatchObject({ kind, message: expect.stringContaining(`(${code}: refused). ${remedy}`) });
  });
});

const HOLDS_SOMETHING_ELSE: [string, string][] = [
  ["xoxb-123-very-secret", "is no JSON object"],
  ['["xoxb-123-very-secret"]', "is no JSON object"],
  ["", "is no JSON object"],
  ['{"token":"xoxb-123-very-secret"}', "holds no botToken"],
  ['{"botToken":""}', "holds no botToken"],
  ['{"botToken":"xoxp-123-very-secret"}', "holds a botToken that is no bot token"],
  ['{"botToken":["xoxb-123-very-secret"]}', "holds a botToken that is no bot token"],
];

describe("a Slack secret that holds something else", () => {
  it.each(HOLDS_SOMETHING_ELSE)("%j %s, and nobody is told what it holds", async (text, problem) => {
    lab.secrets.secrets.set(SLACK_SECRET, text);
    const error = await failure(secretOf(lab.url));
    expect(error.kind).toBe("settings");
    expect(error.message).toBe(`The Slack secret "${SLACK_SECRET}" ${problem}. Put {"botToken": "xoxb-…", "signingSecret": "…"} into it.`);
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain("very-secret");
  });
});

/** A Secrets Manager that answers everything with the error `code`. */
async function refusing(code: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(400, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ __type: code, message: "refused" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return addressOf(server);
}
