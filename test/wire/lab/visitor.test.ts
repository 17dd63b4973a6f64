import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
let port: string;
beforeAll(async () => {
  lab = await openWireLab({ page: () => ({ fetch: () => new Response("the page"), close: () => undefined }) });
  port = new URL(lab.url).port;
});
afterAll(() => lab.close());

interface Sent {
  path?: string;
  headers: Record<string, string>;
  body?: string;
}

/** Sends headers that fetch would not send: a browser sets them. */
async function send({ path = "/", headers, body }: Sent): Promise<{ status: number | undefined; body: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { port, path, method: body === undefined ? "GET" : "POST", headers };
    request({ host: "127.0.0.1", ...options }, resolve)
      .once("error", reject)
      .end(body);
  });
  return { status: response.statusCode, body: await text(response) };
}

const scope = (service: string) => `AWS4-HMAC-SHA256 Credential=lab/20240205/ap-northeast-1/${service}/aws4_request, Signature=0`;
const form = { "content-type": "application/x-www-form-urlencoded" };
const json = (target: string, version = "1.1") => ({ "content-type": `application/x-amz-json-${version}`, "x-amz-target": target });

const CALLS: [string, Sent][] = [
  ["the page", { headers: {} }],
  ["rds", { headers: { authorization: scope("rds"), ...form }, body: "Action=DescribeDBClusters&Version=2014-10-31" }],
  [
    "secretsmanager",
    {
      headers: { authorization: scope("secretsmanager"), ...json("secretsmanager.GetSecretValue") },
      body: '{"SecretId":"bluegreen-guard/slack"}',
    },
  ],
  [
    "events",
    {
      headers: { authorization: scope("events"), ...json("AWSEvents.PutEvents") },
      body: '{"Entries":[{"EventBusName":"bluegreen-guard","Source":"a","DetailType":"b","Detail":"{}"}]}',
    },
  ],
  [
    "dynamodb",
    {
      headers: {
        authorization: `${scope("dynamodb")}, SignedHeaders=host`,
        ...json("DynamoDB_20120810.ListTables", "1.0"),
        "x-amz-date": "20240205T042900Z",
      },
      body: "{}",
    },
  ],
  ["sts", { headers: { authorization: scope("sts"), ...form }, body: "Action=GetCallerIdentity&Version=2011-06-15" }],
  ["Slack", { path: "/slack/api/api.test", headers: form, body: "text=a" }],
];

describe("every service on the lab's port, like its page, refuses", () => {
  it.each(CALLS)("a foreign name that points to this machine: %s", async (_, call) => {
    for (const host of [`evil.example:${port}`, "127.0.0.1.evil.example", "127.0.0.1@evil.example"]) {
      const { status, body } = await send({ ...call, headers: { ...call.headers, host } });
      expect([host, status]).toEqual([host, 403]);
      expect(body).not.toContain("SecretString");
    }
  });

  it.each(CALLS)("another site's page: %s", async (_, call) => {
    for (const origin of ["https://evil.example", "null", `http://127.0.0.1:${Number(port) + 1}`, `https://127.0.0.1:${port}`]) {
      const { status, body } = await send({ ...call, headers: { ...call.headers, host: `127.0.0.1:${port}`, origin } });
      expect([origin, status]).toEqual([origin, 403]);
      expect(body).toContain(`the request came from "${origin}"`);
    }
  });

  it("a plain form of another site, which changes nothing", async () => {
    const body = "token=xoxb-lab&channel=C0BLUEGREEN&text=csrf";
    const sent = await send({ path: "/slack/api/chat.postMessage", headers: { ...form, origin: "https://evil.example" }, body });
    expect([sent.status, lab.slack.messages]).toEqual([403, []]);
  });
});

it.each(CALLS)("what comes from this machine by either of its names, and from the lab's own page, is answered: %s", async (_, call) => {
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
    expect(await send({ ...call, headers: { ...call.headers, host } })).toMatchObject({ status: 200 });
    expect(await send({ ...call, headers: { ...call.headers, host, origin: `http://${host}` } })).toMatchObject({ status: 200 });
  }
});

it.each(["constructor", "tostring", "__proto__", "s3"])("a service that the lab does not play is answered so: %s", async (service) => {
  const { status } = await send({ headers: { authorization: scope(service) }, body: "x" });
  expect(status).toBe(service === "__proto__" ? 200 : 404);
});
