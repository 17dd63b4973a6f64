import { createHmac } from "node:crypto";
import type { LookupFunction } from "node:net";
import { type HttpAnswer, send } from "../http.ts";
import { publicLookup } from "./address.ts";
import { WebhookError } from "./failure.ts";
import type { WebhookSecret } from "./secret.ts";

/** What is posted: a body in JSON, under an id that stays the same however often it is sent. */
export interface WebhookMessage {
  id: string;
  body: string;
}

/** How a webhook is called. */
export interface WebhookOptions {
  /** How long it may take to answer, in milliseconds; 5,000 if omitted. */
  timeoutMs?: number;
  /** Finds its host's addresses; if omitted, only public ones count. */
  lookup?: LookupFunction;
}

const TIMEOUT_MS = 5_000;
const LONGEST_ANSWER = 4_096;
const LONGEST_QUOTED = 200;

/** The signature of a message sent at `at` (seconds since 1970). Source: Standard Webhooks, specification, "Signature scheme". */
export function signatureOf({ id, body }: WebhookMessage, at: number, key: Buffer): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64")}`;
}

/**
 * Posts a message, signed at `now` (milliseconds since 1970), and follows no redirect. Returns the status of the answer, 200 to 299.
 *
 * @throws WebhookError, with the beginning of the answer on one line
 */
export async function postSigned(
  message: WebhookMessage,
  { url, key }: WebhookSecret,
  now: number,
  { timeoutMs = TIMEOUT_MS, lookup = publicLookup }: WebhookOptions = {},
): Promise<number> {
  const at = Math.floor(now / 1_000);
  const headers = {
    "content-type": "application/json",
    "user-agent": "bluegreen-guard",
    "webhook-id": message.id,
    "webhook-timestamp": String(at),
    "webhook-signature": signatureOf(message, at, key),
  };
  const { body } = message;
  const request = { url, method: "POST" as const, headers, body, timeoutMs, lookup, longestAnswer: LONGEST_ANSWER };
  const answer = await send(request).catch((error: unknown) => {
    throw new WebhookError("later", `The webhook did not answer (${hostless(error, url)}).`, { cause: undefined });
  });
  const { statusCode } = answer;
  if (statusCode >= 200 && statusCode < 300) return statusCode;
  throw refusalOf(answer);
}

/** Node's own words, which may name host and address. */
function hostless(error: unknown, { hostname }: URL): string {
  const { message, code } = error as { message?: string; code?: string };
  return [code, message?.replaceAll(hostname, "its host")].filter((it) => it !== undefined).join(": ");
}

const LATER = new Set([408, 425, 429]);

function refusalOf({ statusCode, headers, body }: HttpAnswer): WebhookError {
  const kind = statusCode === 410 ? "gone" : statusCode >= 500 || LATER.has(statusCode) ? "later" : "refused";
  const said = quoted(body.toString());
  const text = `The webhook answered with HTTP ${statusCode}${said === "" ? "" : ` and ${JSON.stringify(said)}`}.`;
  return new WebhookError(kind, text, { retryAfterSeconds: secondsIn(headers["retry-after"], headers["date"]) });
}

const quoted = (text: string): string => [...text.replace(/[\p{C}\s]+/gu, " ").trim()].slice(0, LONGEST_QUOTED).join("");

/** Seconds, or a time (by the answer's own clock). Source: RFC 9110, 10.2.3. */
function secondsIn(retryAfter: string | undefined, date: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.parse(date ?? "")) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
