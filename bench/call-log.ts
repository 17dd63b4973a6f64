import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Counts, tally } from "./counts.ts";
import type { Span } from "./warm/levels.ts";
import { operationIn } from "./wire.ts";
import { type Write, WriteUnits } from "./write-units.ts";

/** Milliseconds that a call of a service takes longer than here, by the service's name in a request's credential scope, or `slack`. */
export type Latencies = Record<string, number>;

/** A call as the server saw it; times are milliseconds since 1970, from its arrival until its answer was sent. */
export interface SeenCall extends Span {
  service: string;
  /** The operation in the service's own word: `GetItem`, `DescribeEvents`, `chat.postMessage`. */
  action: string;
  /** What DynamoDB was asked for: the beginning of the item's key, such as `deployment`. */
  item?: string;
  /** Bytes of the request and its answer, with their headers. */
  bytes: number;
  writeUnits: number;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** The calls that come to a server, and how long it delays them. */
export class CallLog {
  latencies: Latencies = {};
  /** Whether calls are kept with all that they said, which takes memory and time. */
  isDetailed = false;
  #kinds: string[] = [];
  #calls: SeenCall[] = [];
  readonly #seenBytes = new WeakMap<Socket, number>();
  readonly #units = new WriteUnits();

  /** The same listener of a service, whose calls are seen and delayed. */
  around(listener: RequestListener, service: string): RequestListener {
    return (request, response) => {
      const begun = now();
      readAlong(request, (body) => {
        const action = actionOf(service, request, body);
        this.#kinds.push(`${service} ${action}`);
        if (this.isDetailed) response.once("finish", () => this.#keep({ service, action, begun }, request, response, body));
      });
      const ms = this.latencies[service] ?? 0;
      if (ms > 0) setTimeout(listener, ms, request, response);
      else listener(request, response);
    };
  }

  /** The calls of every kind since the last request for them, those under way included. */
  counts(): Counts {
    return tally(this.#kinds.splice(0));
  }

  /** The calls since the last request for them that were answered while details were kept. */
  calls(): SeenCall[] {
    return this.#calls.splice(0);
  }

  #keep(
    call: Pick<SeenCall, "service" | "action" | "begun">,
    request: IncomingMessage,
    { statusCode }: ServerResponse,
    body: string,
  ): void {
    const { bytesRead, bytesWritten } = request.socket;
    const bytes = bytesRead + bytesWritten - (this.#seenBytes.get(request.socket) ?? 0);
    this.#seenBytes.set(request.socket, bytesRead + bytesWritten);
    const write = call.service === "dynamodb" ? (JSON.parse(body) as Write) : {};
    const writeUnits = statusCode === 200 && WRITES.has(call.action) ? this.#units.of(write) : 0;
    const item = (write.Key ?? write.Item)?.pk?.S?.split("#")[0];
    const { url: path = "/", headers } = request;
    this.#calls.push({ ...call, item, ended: now(), bytes, writeUnits, path, headers: headers as Record<string, string>, body });
  }
}

const WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

const now = () => performance.timeOrigin + performance.now();

/** Reads a request's body as it arrives: a listener for its data would take it from whoever answers later. */
function readAlong(request: IncomingMessage, whole: (body: string) => void): void {
  const chunks: Buffer[] = [];
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk === null) whole(Buffer.concat(chunks).toString());
    else chunks.push(chunk);
    return push(chunk, encoding);
  };
}

function actionOf(service: string, { headers, url }: IncomingMessage, body: string): string {
  const target = headers["x-amz-target"];
  if (target !== undefined) return operationIn(String(target)).action;
  return (service === "rds" ? new URLSearchParams(body).get("Action") : url?.split("/").at(-1)) ?? "";
}
