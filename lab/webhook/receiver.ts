import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { addressOf } from "../server.ts";

/** What the receiver answers a call with: a status and headers, or nothing at all. */
export type Reply = { status: number; headers?: Record<string, string>; body?: string } | "hang";

/** One call that a receiver got. */
export interface WebhookCall {
  /** The header `webhook-id`. */
  id: string;
  /** Milliseconds since 1970, lab time. */
  at: number;
  body: string;
  /** Whether it was signed with the receiver's key, within five minutes. */
  verified: boolean;
  /** The status that it was answered with; undefined if it got no answer. */
  status?: number;
}

/** A receiver of a webhook at an address of 127.0.0.1 of its own. */
export interface WebhookReceiver {
  url: string;
  /** Every call, the oldest first. */
  calls: readonly WebhookCall[];
  /** How it answers from now on; 204 at first. What is not signed by its key gets 401 all the same. */
  reply(how: (call: Pick<WebhookCall, "id">) => Reply): void;
  /** What it took: each fact once, by its id. */
  taken(): WebhookCall[];
  /** Calls `listener` after every call. */
  onCall(listener: () => void): void;
  close(): Promise<void>;
}

const TOLERANCE_MS = 5 * 60_000;

/** Opens a receiver that verifies as Standard Webhooks says, by the clock of `now`. */
export async function openWebhookReceiver(signingKey: string, now: () => number): Promise<WebhookReceiver> {
  const webhook = new Webhook(signingKey);
  const calls: WebhookCall[] = [];
  const listeners: (() => void)[] = [];
  let replyTo: (call: Pick<WebhookCall, "id">) => Reply = () => ({ status: 204 });

  function isSigned(id: string, body: string, { headers }: IncomingMessage): boolean {
    const at = Number(headers["webhook-timestamp"]) * 1_000;
    if (!Number.isFinite(at) || Math.abs(now() - at) > TOLERANCE_MS) return false;
    return String(headers["webhook-signature"])
      .split(" ")
      .includes(webhook.sign(id, new Date(at), body));
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const id = String(request.headers["webhook-id"]);
    const verified = isSigned(id, body, request);
    const reply = verified ? replyTo({ id }) : { status: 401 };
    calls.push({ id, at: now(), body, verified, ...(reply !== "hang" && { status: reply.status }) });
    if (reply !== "hang") response.writeHead(reply.status, reply.headers).end(reply.body);
    for (const listener of listeners) listener();
  }

  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `${addressOf(server)}/facts`,
    calls,
    reply(how) {
      replyTo = how;
    },
    taken: () => [...new Map(calls.filter(({ status = 0 }) => status >= 200 && status < 300).map((call) => [call.id, call])).values()],
    onCall: (listener) => void listeners.push(listener),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
