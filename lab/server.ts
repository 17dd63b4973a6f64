import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";

/** Who answers what on the lab's one address. */
export interface Services {
  /** AWS services by the name in a request's credential scope: `rds`, `dynamodb`. */
  aws: Record<string, RequestListener>;
  /** Everything that carries no AWS signature: Slack. */
  other: RequestListener;
}

/** Turns a fetch-style handler into one of node:http. */
export function listenerOf(fetch: Parameters<typeof getRequestListener>[0]): RequestListener {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  return (request, response) => void listener(request, response);
}

/**
 * Starts the lab's server on 127.0.0.1; port 0 takes a free one. Rejects with node's error, EADDRINUSE for a port in use.
 *
 * What goes well is answered with the time of `now` (milliseconds since 1970) as its `Date`; a refusal has no `Date`.
 */
export function startServer(port: number, services: () => Services, now: () => number = Date.now): Promise<Server> {
  const server = createServer((request, response) => {
    dateBy(now, response);
    const { aws, other } = services();
    const service = serviceOf(request.headers.authorization);
    const listener = service === undefined ? other : aws[service];
    if (listener) return listener(request, response);
    response.writeHead(404, { "content-type": "text/plain" }).end(`The lab does not play the AWS service "${service}".\n`);
  });
  // Longer than a client waits between two tries: after Node's 5 s it would find its connection closed under its hand.
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

// A refusal whose date is 4 minutes off the real time makes the SDK blame its own clock and send the call again, 5 times in all.
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

// One address serves all of AWS: the service is in the scope that the request is signed for.
function serviceOf(authorization: string | undefined): string | undefined {
  return authorization?.match(/Credential=[^/]+\/\d+\/[^/]+\/([a-z0-9-]+)\//)?.[1];
}
