import { createHmac, timingSafeEqual } from "node:crypto";
import type { AnswerFunction } from "../clients/answer-function.ts";
import type { Log } from "../clients/telemetry.ts";

/** Far more than Slack sends: a command has at most 4,000 characters, a press carries one message. */
const LONGEST_BYTES = 256 * 1_024;
const WINDOW_SECONDS = 300;

/** For what the entrance does for one request, all calls together; the rest of the three seconds is for the start and the way. */
const WORKS_MS = 2_000;

const NOT_HANDED_ON = "The guard could not take this just now, and nothing was done. Try again in a minute.";
const PERHAPS_HANDED_ON = "AWS did not say in time whether the guard has taken this. If no answer comes within a minute, try again.";

/** What came over HTTP; names of headers are in lower case. It is no `Request` of fetch's, whose first use is slow: docs/decisions/0009. */
export interface EntranceRequest {
  method: string;
  path: string;
  /** What follows the question mark. */
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body(): Buffer | Promise<Buffer>;
}

/** What is answered over HTTP. */
export interface EntranceAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Creates the app to which Slack sends commands and presses: it verifies the signature, hands the request on, and acknowledges it.
 *
 * Everything else takes longer than Slack waits, so the answer function does it. Anybody but Slack learns nothing but a status.
 *
 * Source: Slack, "Verifying requests from Slack" (the signature over the raw bytes, five minutes) and "Slash commands" (three seconds).
 */
export function createSlackApp({ signingSecret, answerFunction, log, now }: SlackDependencies) {
  const refuse = (status: 400 | 401 | 404 | 405 | 413 | 415, reason: string) => {
    log.info("Refused", { from: "slack", status, reason });
    return empty(status);
  };
  async function answer(request: EntranceRequest): Promise<EntranceAnswer> {
    const { headers, method } = request;
    if (request.path !== "/") return refuse(404, "no such path");
    // Slack's check of the certificate carries no signature. Source: Slack, "Slash commands", ssl_check; slackapi/bolt-js pull request 2899.
    if (method === "GET" && isCheck(new URLSearchParams(request.query))) return empty(200);
    if (method !== "POST") return refuse(405, "no POST");
    if (Number(headers["content-length"] ?? 0) > LONGEST_BYTES) return refuse(413, "too long");
    const bytes = await request.body();
    if (bytes.length > LONGEST_BYTES) return refuse(413, "too long");
    if (isForm(headers) && isCheck(new URLSearchParams(bytes.toString("latin1")))) return empty(200);
    const signal = AbortSignal.timeout(WORKS_MS);
    const problem = problemOf(headers, bytes, await signingSecret(signal), now());
    if (problem !== undefined) return refuse(401, problem);
    if (!isForm(headers)) return refuse(415, "no form");
    const body = textOf(bytes);
    if (body === undefined) return refuse(400, "no UTF-8");
    const form = new URLSearchParams(body);
    try {
      await answerFunction.invoke({ body }, signal);
      return empty(200);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      log.error("Not handed on", { error: message });
      const text = name === "TimeoutError" ? PERHAPS_HANDED_ON : NOT_HANDED_ON;
      // For a command Slack shows the acknowledgement's text; for a press it shows only that it failed.
      return form.has("payload") ? empty(500) : json({ response_type: "ephemeral", text });
    }
  }
  return (request: EntranceRequest): Promise<EntranceAnswer> =>
    answer(request).catch((error: Error) => {
      log.error("Not looked at", { error: error.message });
      return empty(500);
    });
}

/** What the entrance for Slack needs from the outside. */
export interface SlackDependencies {
  /** The app's signing secret, which may be rotated. @throws if it cannot be read, or not before the signal */
  signingSecret(signal: AbortSignal): Promise<string>;
  answerFunction: AnswerFunction;
  log: Log;
  /** Milliseconds since 1970. */
  now(): number;
}

const empty = (status: number): EntranceAnswer => ({ status, headers: {}, body: "" });

const json = (body: object): EntranceAnswer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const isForm = (headers: EntranceRequest["headers"]): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers["content-type"] ?? "");

const isCheck = (form: URLSearchParams): boolean => form.get("ssl_check") === "1";

/** Why the request does not come from Slack, or not now; undefined if it does. */
function problemOf(headers: EntranceRequest["headers"], bytes: Buffer, secret: string, now: number): string | undefined {
  const timestamp = headers["x-slack-request-timestamp"] ?? "";
  const signature = headers["x-slack-signature"] ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return "no timestamp";
  const age = now / 1_000 - Number(timestamp);
  if (Math.abs(age) > WINDOW_SECONDS) return age > 0 ? "stale" : "from the future";
  if (!/^v0=[0-9a-f]{64}$/.test(signature)) return "no signature";
  const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(bytes).digest();
  return timingSafeEqual(hmac, Buffer.from(signature.slice(3), "hex")) ? undefined : "wrong signature";
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
