import http from "node:http";
import https from "node:https";
import type { LookupFunction, Socket } from "node:net";

/**
 * What is sent over node:http or node:https. `timeoutMs` is how long it may take until its answer has been read, `longestAnswer` after how many
 * bytes of that reading ends, and `lookup` finds the host's addresses.
 */
export interface HttpRequest {
  url: URL;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body: string;
  timeoutMs?: number;
  signal?: AbortSignal | null;
  longestAnswer?: number;
  lookup?: LookupFunction;
}

/** What came back, whatever its status; names of headers are in lower case. */
export interface HttpAnswer {
  statusCode: number;
  statusText: string;
  headers: Record<string, string>;
  body: Buffer;
}

// No longer than fetch keeps a connection that nobody uses: AWS and Slack close theirs without a word.
const IDLE_MS = 4_000;
const IDLE_SINCE = new WeakMap<Socket, number>();
const KEPT = { keepAlive: true, timeout: IDLE_MS };
const over = {
  "http:": { request: http.request, agent: knowingIdle(new http.Agent(KEPT)) },
  "https:": { request: https.request, agent: knowingIdle(new https.Agent(KEPT)) },
};

/**
 * Sends a request over a connection that is kept for the next one, and follows no redirect.
 *
 * It does without fetch, whose first use takes longer than starting Node: docs/decisions/0009 has the figures. @throws Node's error, whose
 * name is "TimeoutError" if the time is over
 */
export function send({ url, method, headers, body, timeoutMs, signal, longestAnswer, lookup }: HttpRequest): Promise<HttpAnswer> {
  const { request, agent } = over[url.protocol as keyof typeof over] ?? over["https:"];
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  closeIdle(agent);
  const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const sent = request(url, { method, agent, lookup, headers: { ...length, ...headers } }, (answer) => {
    const chunks: Buffer[] = [];
    const read = () => {
      const { statusCode = 0, statusMessage = "" } = answer;
      resolve({ statusCode, statusText: statusMessage, headers: joined(answer.headers), body: Buffer.concat(chunks) });
    };
    let bytes = 0;
    answer.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (longestAnswer === undefined || bytes <= longestAnswer) return;
      read();
      sent.destroy();
    });
    answer.on("error", reject);
    answer.on("end", read);
  });
  const stop = (error: Error) => {
    reject(error);
    sent.destroy(error);
  };
  const abort = () => stop(signal?.reason as Error);
  const late = () => stop(Object.assign(new Error(`No answer within ${timeoutMs} ms.`), { name: "TimeoutError" }));
  const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
  sent.on("error", reject);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  else sent.end(body);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
}

/** Since when nobody has used a connection, by the clock: while Lambda freezes a function between two events, timers stand still. */
function knowingIdle<A extends http.Agent>(agent: A): A {
  agent.on("free", (socket: Socket) => IDLE_SINCE.set(socket, Date.now()));
  return agent;
}

/** Closes what the other side may have closed meanwhile: a call over it would fail, and nobody could tell whether it was taken. */
function closeIdle({ freeSockets }: http.Agent): void {
  const idle = Object.values(freeSockets).flatMap((sockets) => sockets ?? []);
  for (const socket of idle) if (Date.now() - (IDLE_SINCE.get(socket) ?? 0) >= IDLE_MS) socket.destroy();
}

function joined(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** As much of fetch as a client of an API needs that posts texts and follows no redirect; loads nothing of Node's own fetch. */
export const lightFetch: typeof fetch = async (input, { headers, body, signal } = {}) => {
  const url = new URL(String(input));
  const answer = await send({ url, method: "POST", headers: { ...(headers as Record<string, string>) }, body: String(body ?? ""), signal });
  const { statusCode: status, statusText } = answer;
  const text = async () => answer.body.toString();
  const found = { get: (name: string) => answer.headers[name.toLowerCase()] ?? null, entries: () => Object.entries(answer.headers) };
  const response = { ok: status >= 200 && status < 300, status, statusText, url: url.href, headers: found, text };
  return { ...response, json: async () => JSON.parse(await text()), arrayBuffer: async () => answer.body } as unknown as Response;
};
