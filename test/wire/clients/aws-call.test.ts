import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { AwsOptions } from "../../../src/clients/aws.ts";
import { createBriefCall } from "../../../src/clients/aws-briefly.ts";
import { createAwsCall, createAwsJson } from "../../../src/clients/aws-call.ts";
import { AwsError, type AwsService } from "../../../src/clients/aws-signed.ts";
import type { HttpAnswer, HttpRequest } from "../../../src/clients/http.ts";
import { isTransient } from "../../../src/clients/transient.ts";

const LAMBDA: AwsService = { name: "lambda", id: "Lambda" };
const DYNAMODB = { name: "dynamodb", id: "DynamoDB", target: "DynamoDB_20120810", version: "1.0" } as const;
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "the-secret-key", sessionToken: "the-session-token" };
const region = "ap-northeast-1";

/** What AWS answers: a status, a code in the body, and headers. */
interface Answer {
  status: number;
  code?: string;
  headers?: Record<string, string>;
}

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A service that gives these answers in turn, the last of them for ever. */
async function serve(...answers: Answer[]) {
  const received: Received[] = [];
  const connections = new Set<unknown>();
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    connections.add(request.socket);
    received.push({ method, url, headers, body: await text(request) });
    const { status, code, headers: more } = answers[Math.min(received.length, answers.length) - 1] ?? { status: 200 };
    response.sendDate = false;
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0", ...more });
    response.end(code === undefined ? "{}" : JSON.stringify({ __type: `com.amazonaws.service#${code}`, message: "said" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { received, connections, endpoint, aws: { endpoint, region, credentials } satisfies AwsOptions };
}

async function failure(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => new Error("It was taken."),
    (error: Error) => error,
  );
}

type Data = string | ArrayBuffer | ArrayBufferView;

const bytesOf = (data: Data) => (data instanceof ArrayBuffer ? Buffer.from(data) : data) as string | Buffer;

class Sha256 {
  readonly #hash;

  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  }

  update(data: Data): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

/** The signature that the SDK's own signer makes of the same request. */
async function bySdk(service: string, { method, url, headers, body }: Received): Promise<string | undefined> {
  const { authorization = "", "x-amz-date": date = "", ...rest } = headers;
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => signed.includes(name) && name !== "x-amz-security-token"));
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  const time = String(date).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const request = { method, protocol: "http:", hostname: "127.0.0.1", path: url, query: {}, headers: own as Record<string, string>, body };
  const again = await signer.sign(request, { signingDate: new Date(time) });
  return again.headers["authorization"];
}

describe("a call of AWS without its SDK", () => {
  it.each([
    ["lambda", LAMBDA, { operation: "Invoke", path: "/2015-03-31/functions/answer/invocations", body: '{"body":"öncall"}' }],
    [
      "lambda",
      LAMBDA,
      { operation: "GetDurableExecution", method: "GET", path: `/2025-12-01/durable-executions/${encodeURIComponent("arn:aws:x/y z")}` },
    ],
  ] as const)("is signed as the SDK signs it: %s %#", async (name, service, request) => {
    const { received, aws } = await serve({ status: 200 });
    await createAwsCall(service, aws)(request);
    const [only] = received;
    expect(only?.headers.authorization).toContain("Credential=AKIDEXAMPLE/");
    expect(only?.headers["x-amz-security-token"]).toBe("the-session-token");
    expect(only && (await bySdk(name, only))).toBe(only?.headers.authorization);
  });

  it("goes to the service's own endpoint in its partition, if no other is given", async () => {
    const hosts: string[] = [];
    const send = async ({ url }: HttpRequest): Promise<HttpAnswer> => {
      hosts.push(url.origin);
      return { statusCode: 200, statusText: "", headers: {}, body: Buffer.from("{}") };
    };
    for (const of of ["eu-central-1", "us-gov-west-1", "cn-north-1"]) {
      await createAwsJson(DYNAMODB, { region: of, credentials, send })("GetItem", {});
    }
    await createAwsJson(DYNAMODB, { region, credentials, send })("GetItem", {}, { origin: "https://sqs.eu-west-1.amazonaws.com" });
    expect(hosts).toEqual([
      "https://dynamodb.eu-central-1.amazonaws.com",
      "https://dynamodb.us-gov-west-1.amazonaws.com",
      "https://dynamodb.cn-north-1.amazonaws.com.cn",
      "https://sqs.eu-west-1.amazonaws.com",
    ]);
  });

  it("uses a connection again", async () => {
    const { connections, aws } = await serve({ status: 200 });
    const call = createAwsJson(DYNAMODB, aws);
    for (let index = 0; index < 3; index += 1) await call("GetItem", {});
    expect(connections.size).toBe(1);
  });

  it("uses none again that rested while the function was frozen, and its timers with it", async () => {
    const { connections, aws } = await serve({ status: 200 });
    const call = createAwsJson(DYNAMODB, aws);
    await call("GetItem", {});
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    await call("GetItem", {});
    expect(connections.size).toBe(2);
  });

  it("is repeated where AWS throttles or fails, and answers in the end", async () => {
    const { received, aws } = await serve(
      { status: 400, code: "ThrottlingException" },
      { status: 500, code: "InternalServerError" },
      { status: 200 },
    );
    expect(await createAwsJson(DYNAMODB, aws)("GetItem", {})).toEqual({});
    expect(received).toHaveLength(3);
  });

  it("is made no more often than the options say, and throws AWS's last word", async () => {
    const { received, aws } = await serve({ status: 503, code: "ServiceUnavailable", headers: { "x-amzn-requestid": "r-1" } });
    const error = await failure(createAwsJson(DYNAMODB, { ...aws, maxAttempts: 2 })("GetItem", {}));
    expect(received).toHaveLength(2);
    expect(error).toMatchObject({ name: "ServiceUnavailable", message: "said", $metadata: { httpStatusCode: 503, requestId: "r-1" } });
    expect(isTransient(error)).toBe(true);
  });

  it("that AWS refuses is made once, under AWS's own code", async () => {
    const { received, aws } = await serve({ status: 400, code: "ConditionalCheckFailedException" });
    const error = await failure(createAwsJson(DYNAMODB, aws)("PutItem", {}));
    expect(error).toBeInstanceOf(AwsError);
    expect([error.name, isTransient(error), received.length]).toEqual(["ConditionalCheckFailedException", false, 1]);
  });

  it("that is not answered in time passes by itself", async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await failure(createAwsJson(DYNAMODB, { endpoint, region, credentials, timeoutMs: 30, maxAttempts: 2 })("GetItem", {}));
    expect([error.name, isTransient(error)]).toEqual(["TimeoutError", true]);
  });

  it("that nobody takes is told by Node's own code", async () => {
    const error = await failure(
      createAwsJson(DYNAMODB, { endpoint: "http://127.0.0.1:1", region, credentials, maxAttempts: 1 })("GetItem", {}),
    );
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
  });

  it("that AWS refuses for this machine's clock is made again by AWS's", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const { received, aws } = await serve({ status: 403, code: "RequestTimeTooSkewed", headers: { date } }, { status: 200 });
    await createAwsJson(DYNAMODB, aws)("GetItem", {});
    const [wrong = "", right = ""] = received.map(({ headers }) => String(headers["x-amz-date"]));
    const at = (time: string) => Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, "$1-$2-$3T$4:$5:"));
    expect(Math.round((at(right) - at(wrong)) / 60_000)).toBe(60);
  });

  it("of a client without region or credentials is not made", async () => {
    const error = await failure(createAwsJson(DYNAMODB, { region, maxAttempts: 1 })("GetItem", {}));
    expect(error.message).toBe("The client of DynamoDB was given no region or no credentials.");
  });
});

describe("a call of the entrance for Slack", () => {
  const invoke = { operation: "Invoke", path: "/", body: "{}" };

  it.each([{ status: 500 }, { status: 429, code: "TooManyRequestsException" }])("is made once more after %j", async (answer) => {
    const { received, aws } = await serve(answer, { status: 202 });
    expect(await createBriefCall(LAMBDA, aws)(invoke)).toMatchObject({ statusCode: 202 });
    expect(received).toHaveLength(2);
  });

  it("that AWS refuses is not made again", async () => {
    const { received, aws } = await serve({ status: 403, code: "AccessDeniedException" });
    expect(await failure(createBriefCall(LAMBDA, aws)(invoke))).toMatchObject({ name: "AccessDeniedException" });
    expect(received).toHaveLength(1);
  });
});
