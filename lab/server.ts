import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { serviceIn } from "../local/recording.ts";
import { whyNotFor } from "./visitor.ts";

/** What answers each request on the lab's one address. */
export interface Services {
  /** AWS services by the name in a request's credential scope: `rds`, `dynamodb`. */
  aws: Record<string, RequestListener>;
  /** Answers every request without an AWS signature: Slack. */
  other: RequestListener;
}

/** Turns a fetch-style handler into one of node:http. */
export function listenerOf(fetch: Parameters<typeof getRequestListener>[0]): RequestListener {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  return (request, response) => void listener(request, response);
}

/**
 * Starts the lab's server on 127.0.0.1; port 0 takes a free one. Rejects with Node's error, EADDRINUSE if the port is in use. Requests
 * that name another host or come from another site's page are answered with 403.
 *
 * A successful answer has the time of `now` (milliseconds since 1970) as its `Date`; an error has no `Date`.
 */
export function startServer(port: number, services: () => Services, now: () => number = Date.now): Promise<Server> {
  const server = createServer((request, response) => {
    dateBy(now, response);
    const refusal = whyNotFor(request.headers);
    if (refusal !== undefined) {
      response.writeHead(403, { "content-type": "text/plain" }).end(`${refusal}\n`);
      return;
    }
    const { aws, other } = services();
    // One address serves all of AWS: the service is in the scope that the request is signed for.
    const service = serviceIn(request.headers.authorization);
    const listener = service === undefined ? other : Object.hasOwn(aws, service) && aws[service];
    if (listener) return listener(request, response);
    response.writeHead(404, { "content-type": "text/plain" }).end(`The lab does not play the AWS service "${service}".\n`);
  });
  // Longer than a client waits between two tries: Node's default of 5 s would close the connection that the client is about to use.
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

// An error dated more than 4 minutes off the real time makes the SDK blame its own clock and repeat the call, 5 times in all.
function dateBy(now: () => number, response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = ((status: number, ...rest: []) => {
    response.sendDate = status < 400;
    if (response.sendDate) response.setHeader("date", new Date(now()).toUTCString());
    return writeHead.call(response, status, ...rest);
  }) as typeof writeHead;
}

/** The address that a server listens on: `http://127.0.0.1:PORT`. */
export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
