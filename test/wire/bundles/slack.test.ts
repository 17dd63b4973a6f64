import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleFolder, type FunctionName } from "../../../infra/bundle-folder.ts";
import { SIGNING_SECRET, SLACK_SECRET } from "../../../lab/secrets.ts";
import { signedHeaders } from "../../../lab/slack/sending.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { commandForm, idle } from "../../support/conversation/slack-lab.ts";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";
import { invoke, secretsIn, settingsOf } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openWireLab();
});
afterEach(async () => {
  await idle(lab);
  await lab.close();
});

const ENTRANCE = { SLACK_SECRET, ANSWER_FUNCTION: "bluegreen-guard-answer" };

/** What Lambda gives to a function behind a Function URL. Source: Lambda developer guide, "Invoking function URLs". */
function urlEvent(body: string, headers: Record<string, string>, isBase64Encoded = true) {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
    rawQueryString: "",
    headers: { ...headers, host: "abc.lambda-url.ap-northeast-1.on.aws" },
    requestContext: {
      http: { method: "POST", path: "/", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "Slackbot" },
      domainName: "abc",
    },
    body: isBase64Encoded ? Buffer.from(body).toString("base64") : body,
    isBase64Encoded,
  };
}

const signed = (body: string) => signedHeaders(body, SIGNING_SECRET, Date.now());
const answersTo = (lab: TestLab) => lab.slack.sending.address({ user: "U0ONCALL", channel: "C0BLUEGREEN" });

describe("the bundle of the slack function", () => {
  it("takes what Slack has signed, encoded as Lambda does or not, and hands it to the answer function", async () => {
    const body = commandForm({ text: "help", user_name: "öncall", response_url: answersTo(lab) });
    const other = commandForm({ text: "status", response_url: answersTo(lab) });
    const run = await invoke("slack", [urlEvent(body, signed(body)), urlEvent(other, signed(other), false)], lab, ENTRANCE);
    expect(run.outcomes).toEqual([200, 200].map((statusCode) => ({ answer: expect.objectContaining({ statusCode, body: "" }) })));
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    await expect
      .poll(() => lab.slack.ephemeral.map((it) => messageText(it).split("\n")[0]).sort())
      .toEqual(["*What you can ask the guard*", "RDS lists no blue/green deployment in this account and region."]);
    expect(secretsIn(run)).toEqual([]);
    expect(run.stdout).not.toContain(SIGNING_SECRET);
  });

  it("answers what is not Slack's with 401 and nothing more, in one line of its log", async () => {
    const body = commandForm();
    const { outcomes, log } = await invoke("slack", [urlEvent(`${body}&x=1`, signed(body))], lab, ENTRANCE);
    expect(outcomes).toEqual([{ answer: expect.objectContaining({ statusCode: 401, body: "" }) }]);
    expect(log).toEqual([expect.objectContaining({ message: "Refused", status: 401, reason: "wrong signature" })]);
  });

  it("answers Slack's check of the certificate, which is a GET without a signature", async () => {
    const { requestContext, ...event } = urlEvent("", {});
    const get = {
      ...event,
      rawQueryString: "ssl_check=1&token=x",
      requestContext: { ...requestContext, http: { ...requestContext.http, method: "GET" } },
    };
    const { outcomes } = await invoke("slack", [get, { ...get, rawQueryString: "" }], lab, ENTRANCE);
    expect(outcomes).toMatchObject([{ answer: { statusCode: 200, body: "" } }, { answer: { statusCode: 405, body: "" } }]);
  });

  it.each(['{"botToken":"xoxb-lab"}', '{"botToken":"xoxb-lab","signingSecret":" \\t "}', '{"botToken":"xoxb-lab","signingSecret":7}'])(
    "fails for Slack where the secret holds no signing secret, and says which secret: %s",
    async (secret) => {
      lab.secrets.secrets.set(SLACK_SECRET, secret);
      const body = commandForm();
      const { outcomes, log } = await invoke("slack", [urlEvent(body, signed(body))], lab, ENTRANCE);
      expect(outcomes).toEqual([{ answer: expect.objectContaining({ statusCode: 500 }) }]);
      expect(log).toEqual([expect.objectContaining({ level: "ERROR", error: expect.stringContaining("holds no signingSecret. Put") })]);
    },
  );

  it("holds no tracer, in contrast to those of the functions that work", () => {
    const hasTracer = (name: FunctionName) =>
      readdirSync(bundleFolder(name)).some((file) =>
        readFileSync(join(bundleFolder(name), file), "utf8").includes("AWS_XRAY_DAEMON_ADDRESS"),
      );
    expect([hasTracer("slack"), hasTracer("watch")]).toEqual([false, true]);
  });
});

describe("the bundle of the answer function", () => {
  it("answers where Slack said, with what RDS says", async () => {
    const body = commandForm({ text: "", response_url: answersTo(lab) });
    const settings = { ...settingsOf(lab), SLACK_OPERATORS: "U0ONCALL" };
    const run = await invoke("answer", [{ body }, { body }], lab, settings);
    expect([run.exitCode, run.stderr, run.outcomes]).toEqual([0, "", [{}, {}]]);
    expect(lab.slack.ephemeral.map(messageText)).toEqual([expect.stringContaining("RDS lists no blue/green deployment")]);
    expect(run.log).toEqual([expect.objectContaining({ message: "Refused", reason: "a copy of what was answered" })]);
    expect(secretsIn(run)).toEqual([]);
    expect(run.stdout).not.toContain("/slack/respond/");
  });

  it("ends with its error where it could not answer, without the address in it", async () => {
    const body = commandForm({ text: "", response_url: `${lab.url}/slack/respond/none` });
    const { outcomes, stdout, stderr } = await invoke("answer", [{ body }], lab, settingsOf(lab));
    expect(outcomes).toEqual([{ error: expect.stringContaining("Slack did not take the answer: HTTP 404") }]);
    expect(stdout + stderr + JSON.stringify(outcomes)).not.toContain("respond/none");
  });
});
