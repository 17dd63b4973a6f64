import { lookup } from "node:dns";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver, type Fact } from "../../../docs/examples/webhook-receiver.ts";
import { createAwsCall } from "../../../src/clients/aws-call.ts";
import { SECRETS_MANAGER } from "../../../src/clients/slack/secret-text.ts";
import { WebhookError } from "../../../src/clients/webhook/failure.ts";
import { postSigned } from "../../../src/clients/webhook/post.ts";
import { createWebhookSecret, type WebhookSecret } from "../../../src/clients/webhook/secret.ts";
import { openTestLab } from "../../support/lab/stage.ts";

const BYTES = Buffer.from("a key of 32 bytes for the tests.");
const KEY = `whsec_${BYTES.toString("base64")}`;
const MESSAGE = { id: "5d7a3f0c9be14a86", body: JSON.stringify({ type: "test", data: { id: "5d7a3f0c9be14a86", title: "é “”" } }) };

/** Listens on 127.0.0.1 until the test ends. */
async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function receiving(answer: RequestListener): Promise<WebhookSecret> {
  return { url: new URL(`http://127.0.0.1:${await listen(createServer(answer))}/hook/capability`), key: BYTES };
}

const post = (secret: WebhookSecret, more = {}) => postSigned(MESSAGE, secret, Date.now(), { lookup, timeoutMs: 2_000, ...more });
const failed = async (posting: Promise<unknown>): Promise<WebhookError> => {
  const error: unknown = await posting.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WebhookError)) throw new Error(`It did not fail as a webhook does: ${error}`);
  return error;
};

describe("what is posted", () => {
  it("is verified by the library of Standard Webhooks, and not once a character differs", async () => {
    const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
    const secret = await receiving(async (request, response) => {
      seen.push({ headers: request.headers, body: await text(request) });
      response.writeHead(204).end();
    });
    expect(await post(secret)).toBe(204);
    const [{ headers = {}, body = "" } = {}] = seen;
    const webhook = new Webhook(KEY);
    expect(webhook.verify(body, headers as Record<string, string>)).toEqual(JSON.parse(MESSAGE.body));
    expect(headers).toMatchObject({ "content-type": "application/json", "webhook-id": MESSAGE.id });
    expect(() => webhook.verify(`${body} `, headers as Record<string, string>)).toThrow("No matching signature");
    expect(() => webhook.verify(body, { ...(headers as Record<string, string>), "webhook-id": "another" })).toThrow(
      "No matching signature",
    );
  });

  it("is not sent on to where a redirect leads", async () => {
    const paths: string[] = [];
    const secret = await receiving((request, response) => {
      paths.push(request.url ?? "");
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect((await failed(post(secret))).kind).toBe("refused");
    expect(paths).toEqual(["/hook/capability"]);
  });

  it("goes to no host whose name leads into a private network", async () => {
    let calls = 0;
    const secret = await receiving(() => {
      calls += 1;
    });
    const url = new URL(secret.url.href.replace("127.0.0.1", "localhost"));
    const { kind, message } = await failed(postSigned(MESSAGE, { ...secret, url }, Date.now()));
    expect([kind, message]).toEqual(["later", "The webhook did not answer (Its name leads to an address of a private network.)."]);
    expect(calls).toBe(0);
  });
});

describe("an answer", () => {
  it.each<[number, WebhookError["kind"]]>([
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [408, "later"],
    [410, "gone"],
    [429, "later"],
    [500, "later"],
    [503, "later"],
  ])("of HTTP %d means %s", async (status, kind) => {
    const secret = await receiving((_, response) => void response.writeHead(status).end());
    expect((await failed(post(secret))).kind).toBe(kind);
  });

  it.each([
    ["120", 120],
    ["Thu, 01 Jan 1970 00:02:00 GMT", 60],
    ["soon", undefined],
  ])("with Retry-After: %s asks for %d seconds, by its own clock", async (value, seconds) => {
    const headers = { "retry-after": value, date: "Thu, 01 Jan 1970 00:01:00 GMT" };
    const secret = await receiving((_, response) => void response.writeHead(429, headers).end());
    expect((await failed(post(secret))).retryAfterSeconds).toBe(seconds);
  });

  it("is quoted in 200 characters on one line at most, however long it is, and is not read to its end", async () => {
    let isOpen = true;
    const secret = await receiving((_, response) => {
      response.on("close", () => {
        isOpen = false;
      });
      response.writeHead(500);
      const more = () => {
        if (isOpen) response.write("\u001b[31m no\r\n".repeat(1_000), more);
      };
      more();
    });
    const { message } = await failed(post(secret));
    expect(message).toMatch(/^The webhook answered with HTTP 500 and "(\[31m no ?)+.*"\.$/);
    expect(message.length).toBeLessThan(260);
  });

  it("that does not come in time is waited for no longer, and nothing says where it was to come from", async () => {
    const secret = await receiving(() => undefined);
    const { kind, message } = await failed(post(secret, { timeoutMs: 50 }));
    expect([kind, message]).toEqual(["later", "The webhook did not answer (No answer within 50 ms.)."]);
  });

  it("that cannot come, since nobody listens, does not show the address either", async () => {
    const secret = await receiving(() => undefined);
    const url = new URL(secret.url.href.replace(/:\d+/, ":1"));
    const { kind, message } = await failed(post({ ...secret, url }));
    expect(kind).toBe("later");
    expect(message).toMatch(/ECONNREFUSED/);
    expect(message).not.toMatch(/127\.0\.0\.1|capability/);
  });
});

describe("the webhook's secret", () => {
  const read = async (value: string | undefined) => {
    const lab = await openTestLab();
    onTestFinished(() => lab.close());
    lab.secrets.secrets.set("team/webhook", value);
    const aws = {
      endpoint: lab.url,
      region: "ap-northeast-1",
      credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
      maxAttempts: 1,
    };
    return { lab, secret: createWebhookSecret("team/webhook", createAwsCall(SECRETS_MANAGER, aws)) };
  };
  const url = "https://hooks.example.com/capability";

  it("holds a URL and a key, and is read again only if asked to", async () => {
    const { lab, secret } = await read(JSON.stringify({ url, signingKey: KEY }));
    expect(await secret()).toEqual({ url: new URL(url), key: BYTES });
    lab.secrets.secrets.set("team/webhook", JSON.stringify({ url: `${url}/new`, signingKey: KEY }));
    expect((await secret()).url.href).toBe(url);
    expect((await secret(true)).url.href).toBe(`${url}/new`);
  });

  it.each<[string, string | undefined, RegExp]>([
    ["no JSON", "capability", /is no JSON object/],
    ["no url", JSON.stringify({ signingKey: KEY }), /holds no url/],
    ["http", JSON.stringify({ url: "http://hooks.example.com/capability", signingKey: KEY }), /does not begin with https/],
    ["an inner host", JSON.stringify({ url: "https://169.254.169.254/capability", signingKey: KEY }), /a host of a private network/],
    ["no key", JSON.stringify({ url }), /holds no signingKey/],
    ["a short key", JSON.stringify({ url, signingKey: "whsec_c2hvcnQ=" }), /of 5 bytes, not of 24 to 64/],
    ["nothing", undefined, /cannot be read \(ResourceNotFoundException/],
  ])("is named with what is wrong with it, and nothing of it is shown: %s", async (_, value, problem) => {
    const { secret } = await read(value);
    const { kind, message } = await failed(secret());
    expect([kind, message]).toEqual(["settings", expect.stringMatching(problem)]);
    expect(message).toContain('{"url": "https://…", "signingKey": "whsec_…"}');
    expect(message).not.toMatch(/capability|c2hvcnQ|hooks\.example|169\.254/);
  });
});

describe("the example of a receiver", () => {
  it("takes a fact once that comes twice, refuses what another key signed, and asks again for what it could not take", async () => {
    const taken: Fact[] = [];
    let isBroken = true;
    const server = createReceiver(KEY, async (fact) => {
      if (isBroken) throw new Error("The disk is full.");
      taken.push(fact);
    });
    const secret = { url: new URL(`http://127.0.0.1:${await listen(server)}/`), key: BYTES };
    expect((await failed(post(secret))).kind).toBe("later");
    isBroken = false;
    await post(secret);
    await post(secret);
    expect(taken).toEqual([JSON.parse(MESSAGE.body)]);
    expect((await failed(post({ ...secret, key: Buffer.from("another key of 32 bytes, forged.") }))).kind).toBe("refused");
    expect(taken.length).toBe(1);
  });
});
