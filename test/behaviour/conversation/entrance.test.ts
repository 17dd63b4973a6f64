import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SIGNING_SECRET } from "../../../lab/secrets.ts";
import { signedHeaders } from "../../../lab/slack/sending.ts";
import { openSlackEntrance, type SlackEntrance } from "../../../local/slack-entrance.ts";
import { commandForm, send } from "../../support/conversation/slack-lab.ts";

let entrance: SlackEntrance;
let handed: string[] = [];
let lines: { message: string; details: Record<string, unknown> }[] = [];
let hand = async (_body: string): Promise<void> => undefined;

beforeAll(async () => {
  const line = (message: string, details: Record<string, unknown>) => void lines.push({ message, details });
  entrance = await openSlackEntrance({
    signingSecret: async () => SIGNING_SECRET,
    answerFunction: {
      async invoke({ body }) {
        await hand(body);
        handed.push(body);
      },
    },
    log: { info: line, error: line },
  });
});
afterAll(() => entrance.close());
beforeEach(() => {
  handed = [];
  lines = [];
  hand = async () => undefined;
});

const BODY = commandForm();
const now = () => String(Math.floor(Date.now() / 1_000));
const sign = (body: string | Uint8Array, timestamp: string, secret = SIGNING_SECRET) =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex")}`;
const stamped = (timestamp: string, body: string | Uint8Array = BODY) => ({
  "x-slack-request-timestamp": timestamp,
  "x-slack-signature": sign(body, timestamp),
});
const good = () => sign(BODY, now());
const bytes = (...values: number[]) => Uint8Array.from(values);

type Refused = [string, number, () => Promise<Response>];
const REFUSED: Refused[] = [
  ["without a signature", 401, () => send(entrance.url, BODY, { "x-slack-signature": "" })],
  ["without a timestamp", 401, () => send(entrance.url, BODY, { "x-slack-request-timestamp": "" })],
  ["without both", 401, () => fetch(entrance.url, { method: "POST", body: BODY })],
  ["signed with another secret", 401, () => send(entrance.url, BODY, { "x-slack-signature": sign(BODY, now(), "another") })],
  ["signed with no secret", 401, () => send(entrance.url, BODY, { "x-slack-signature": sign(BODY, now(), "") })],
  ["with a changed body", 401, () => send(entrance.url, `${BODY}&text=all`, signedHeaders(BODY, SIGNING_SECRET, Date.now()))],
  ["with one byte more", 401, () => send(entrance.url, `${BODY} `, signedHeaders(BODY, SIGNING_SECRET, Date.now()))],
  ["with one byte less", 401, () => send(entrance.url, BODY.slice(0, -1), signedHeaders(BODY, SIGNING_SECRET, Date.now()))],
  ["with an empty body under another's signature", 401, () => send(entrance.url, "", signedHeaders(BODY, SIGNING_SECRET, Date.now()))],
  [
    "with another timestamp than the signed one",
    401,
    () => send(entrance.url, BODY, { "x-slack-request-timestamp": String(Number(now()) - 7) }),
  ],
  ["six minutes old", 401, () => send(entrance.url, BODY, stamped(String(Number(now()) - 360)))],
  ["a day old", 401, () => send(entrance.url, BODY, stamped(String(Number(now()) - 86_400)))],
  ["of 1970", 401, () => send(entrance.url, BODY, stamped("0"))],
  ["six minutes from the future", 401, () => send(entrance.url, BODY, stamped(String(Number(now()) + 360)))],
  ["with a timestamp in milliseconds", 401, () => send(entrance.url, BODY, stamped(String(Date.now())))],
  ["with a negative timestamp", 401, () => send(entrance.url, BODY, stamped(`-${now()}`))],
  ["with a timestamp that is no number", 401, () => send(entrance.url, BODY, stamped("soon"))],
  ["with a timestamp with a fraction", 401, () => send(entrance.url, BODY, stamped(`${now()}.5`))],
  ["with a timestamp as a power", 401, () => send(entrance.url, BODY, stamped("1e9"))],
  ["with a signature of version v1", 401, () => send(entrance.url, BODY, { "x-slack-signature": good().replace("v0", "v1") })],
  ["with a signature without its version", 401, () => send(entrance.url, BODY, { "x-slack-signature": good().slice(3) })],
  ["with a signature in capitals", 401, () => send(entrance.url, BODY, { "x-slack-signature": good().toUpperCase() })],
  ["with half a signature", 401, () => send(entrance.url, BODY, { "x-slack-signature": good().slice(0, 35) })],
  ["with a signature and a half", 401, () => send(entrance.url, BODY, { "x-slack-signature": `${good()}${good().slice(3, 35)}` })],
  ["with two signatures", 401, () => send(entrance.url, BODY, { "x-slack-signature": `${good()}, ${good()}` })],
  ["with a signature of zeros", 401, () => send(entrance.url, BODY, { "x-slack-signature": `v0=${"0".repeat(64)}` })],
  ["with a signature that is no hexadecimal", 401, () => send(entrance.url, BODY, { "x-slack-signature": `v0=${"g".repeat(64)}` })],
  ["with a signature as SHA-1", 401, () => send(entrance.url, BODY, { "x-slack-signature": `v0=${"a".repeat(40)}` })],
  ["with a very long signature", 401, () => send(entrance.url, BODY, { "x-slack-signature": `v0=${"a".repeat(4_000)}` })],
  ["as JSON", 415, () => send(entrance.url, BODY, { "content-type": "application/json" })],
  ["as plain text", 415, () => send(entrance.url, BODY, { "content-type": "text/plain" })],
  ["as a form in parts", 415, () => send(entrance.url, BODY, { "content-type": "multipart/form-data; boundary=x" })],
  [
    "as something that only begins like a form",
    415,
    () => send(entrance.url, BODY, { "content-type": "application/x-www-form-urlencoded2" }),
  ],
  ["without a content type", 415, () => send(entrance.url, new TextEncoder().encode(BODY), { "content-type": "" })],
  ["with a byte that is no UTF-8", 400, () => send(entrance.url, bytes(0x74, 0x3d, 0xff))],
  ["with half a character", 400, () => send(entrance.url, bytes(0x74, 0x3d, 0xc3))],
  ["with an overlong character", 400, () => send(entrance.url, bytes(0x74, 0x3d, 0xc0, 0xaf))],
  ["with half of a surrogate pair", 400, () => send(entrance.url, bytes(0x74, 0x3d, 0xed, 0xa0, 0x80))],
  ["of 300 kB", 413, () => send(entrance.url, `text=${"a".repeat(300_000)}`)],
  ["of 300 kB in pieces", 413, () => send(entrance.url, "", {}, { body: pieces(300), duplex: "half" } as RequestInit)],
  ["by GET", 405, () => fetch(entrance.url, { headers: signedHeaders("", SIGNING_SECRET, Date.now()) })],
  ["by PUT", 405, () => send(entrance.url, BODY, {}, { method: "PUT" })],
  ["by DELETE", 405, () => send(entrance.url, BODY, {}, { method: "DELETE" })],
  ["by OPTIONS", 405, () => fetch(entrance.url, { method: "OPTIONS" })],
  ["to another path", 404, () => send(`${entrance.url}slack/commands`, BODY)],
];

function pieces(count: number): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(new Uint8Array(1_024).fill(97));
    },
  });
}

describe("what comes to the address and is not Slack's", () => {
  it("is of more than forty kinds here", () => {
    expect(REFUSED.length).toBeGreaterThan(40);
  });

  it.each(REFUSED)("%s is refused with %i and without a word, changes nothing, and leaves one line", async (_, status, request) => {
    const response = await request();
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(handed).toEqual([]);
    expect(lines).toEqual([{ message: "Refused", details: { from: "slack", status, reason: expect.stringMatching(/\w/) } }]);
    expect(JSON.stringify(lines)).not.toContain("respond");
  });
});

describe("what Slack has signed", () => {
  it("is handed on as it is and acknowledged with nothing", async () => {
    const response = await send(entrance.url, BODY);
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect([handed, lines]).toEqual([[BODY], []]);
  });

  it.each(["text=Ünïcödé+日本語+🟦🟩", "text=%F0%9F%9F%A6", "text=%FF", "", "a&b=&=c"])("keeps every character: %s", async (body) => {
    expect((await send(entrance.url, body)).status).toBe(200);
    expect(handed).toEqual([body]);
  });

  it("is taken up to five minutes either way, and with parameters of the content type", async () => {
    for (const seconds of [-290, 290]) {
      expect((await send(entrance.url, BODY, stamped(String(Number(now()) + seconds)))).status).toBe(200);
    }
    const type = { "content-type": "Application/x-www-form-urlencoded; charset=utf-8" };
    expect((await send(entrance.url, BODY, type)).status).toBe(200);
    expect(handed.length).toBe(3);
  });

  it("is answered at once where it only looks at the certificate", async () => {
    const response = await send(entrance.url, "ssl_check=1&token=legacy");
    expect([response.status, handed]).toEqual([200, []]);
  });

  // Source: slackapi/bolt-js pull request 2899: Slack's check is answered before the signature is looked at.
  it.each(["ssl_check=1&token=x", "ssl_check=1&command=%2Fbluegreen&text=recreate+orders-15", "ssl_check=1&payload=%7B%7D"])(
    "is answered so without a signature, too, and nothing else is done: %s",
    async (body) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const response = await fetch(entrance.url, { method: "POST", body, headers });
      expect([response.status, await response.text(), handed]).toEqual([200, "", []]);
    },
  );

  it.each(["?ssl_check=1&token=x", "?ssl_check=1&command=%2Fbluegreen&text=recreate+orders-15"])(
    "is answered so by GET, too, as Slack sends that check: %s",
    async (query) => {
      const response = await fetch(`${entrance.url}${query}`);
      expect([response.status, await response.text(), handed]).toEqual([200, "", []]);
    },
  );

  it.each(["", "?ssl_check=0", "?ssl_check=11", "?command=%2Fbluegreen"])("is refused by GET in any other form: %s", async (query) => {
    expect((await fetch(`${entrance.url}${query}`)).status).toBe(405);
    expect(handed).toEqual([]);
  });

  it.each(["ssl_check=0", "ssl_check=1&ssl_check=0&command=x", "xssl_check=1"])(
    "is no way past the signature for anything else: %s",
    async (body) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const response = await fetch(entrance.url, { method: "POST", body, headers });
      expect(handed).toEqual([]);
      expect(response.status).toBe(body.startsWith("ssl_check=1") ? 200 : 401);
    },
  );

  it("that cannot be handed on tells whoever typed to try again, and fails for whoever pressed", async () => {
    hand = () => Promise.reject(new Error("TooManyRequestsException"));
    const typed = await send(entrance.url, BODY);
    expect(typed.status).toBe(200);
    expect(await typed.json()).toMatchObject({ response_type: "ephemeral", text: expect.stringContaining("Try again in a minute") });
    const pressed = await send(entrance.url, "payload=%7B%7D");
    expect([pressed.status, await pressed.text()]).toEqual([500, ""]);
    expect(lines.map(({ message }) => message)).toEqual(["Not handed on", "Not handed on"]);
  });

  it("is acknowledged only once it was handed on", async () => {
    const [asked, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    hand = () => {
      asked.resolve();
      return taken.promise;
    };
    let isAcknowledged = false;
    const sent = send(entrance.url, BODY).then(({ status }) => {
      isAcknowledged = true;
      return status;
    });
    await asked.promise;
    // Another request goes there and back meanwhile.
    await send(entrance.url, "ssl_check=1");
    expect(isAcknowledged).toBe(false);
    taken.resolve();
    expect(await sent).toBe(200);
  });
});

it("no change to a signed request goes through", async () => {
  const flip = fc.record({ at: fc.nat(BODY.length - 1), to: fc.integer({ min: 33, max: 126 }) });
  await fc.assert(
    fc.asyncProperty(flip, async ({ at, to }) => {
      const changed = BODY.slice(0, at) + String.fromCharCode(to) + BODY.slice(at + 1);
      fc.pre(changed !== BODY);
      expect((await send(entrance.url, changed, signedHeaders(BODY, SIGNING_SECRET, Date.now()))).status).toBe(401);
    }),
    { numRuns: 100 },
  );
  expect(handed).toEqual([]);
});
