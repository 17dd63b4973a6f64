import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { SIGNING_SECRET } from "../../../lab/secrets.ts";
import { signedHeaders } from "../../../lab/slack/sending.ts";
import { connectEntrance } from "../../../src/handlers/connect-entrance.ts";
import { createSlackApp } from "../../../src/handlers/slack.ts";
import { commandForm } from "../../support/conversation/slack-lab.ts";

/** How long Slack waits, less a second for the function's start and the way there and back. Source: Slack, "Slash commands". */
const LEFT_MS = 3_000 - 1_000;
/** What a busy machine may add. */
const SLACK_MS = 300;

type Service = "secret" | "lambda";
const serviceOf = ({ headers }: IncomingMessage): Service => (headers["x-amz-target"] ? "secret" : "lambda");

/** An entrance whose AWS leaves the first `hangs` calls of each service unanswered. */
async function entranceWith(hangs: Record<Service, number>) {
  const left = { ...hangs };
  const server = createServer((request, response) => {
    const service = serviceOf(request);
    left[service] -= 1;
    if (left[service] >= 0) return;
    const secret = JSON.stringify({ SecretString: JSON.stringify({ signingSecret: SIGNING_SECRET }) });
    response.writeHead(service === "secret" ? 200 : 202).end(service === "secret" ? secret : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const aws = { endpoint, endpointOf: () => undefined, region: "ap-northeast-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
  const dependencies = connectEntrance({ slackSecret: "guard/slack", answer: "guard-answer", aws, trace: () => undefined });
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), error: (line: string) => void lines.push(line) };
  return { app: createSlackApp({ ...dependencies, log }), lines };
}

async function typed({ app }: Awaited<ReturnType<typeof entranceWith>>) {
  const body = commandForm();
  const headers = signedHeaders(body, SIGNING_SECRET, Date.now());
  const begun = performance.now();
  const answer = await app({ method: "POST", path: "/", query: "", headers, body: () => Buffer.from(body) });
  return { ...answer, tookMs: performance.now() - begun };
}

describe("within the three seconds that Slack waits, the entrance answers", () => {
  it.each<[Record<Service, number>, number, string]>([
    [{ secret: 9, lambda: 9 }, 500, ""],
    [{ secret: 1, lambda: 9 }, 200, "AWS did not say in time whether the guard has taken this."],
    [{ secret: 0, lambda: 9 }, 200, "AWS did not say in time whether the guard has taken this."],
    [{ secret: 1, lambda: 1 }, 200, "AWS did not say in time whether the guard has taken this."],
    [{ secret: 0, lambda: 1 }, 200, ""],
  ])("where AWS leaves unanswered %j: with %i and %j", async (hangs, status, words) => {
    const entrance = await entranceWith(hangs);
    const answer = await typed(entrance);
    expect([answer.status, answer.body]).toEqual([status, words === "" ? "" : expect.stringContaining(words)]);
    expect(answer.tookMs).toBeLessThan(LEFT_MS + SLACK_MS);
  });
});
