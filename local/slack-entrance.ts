import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createSlackApp, type SlackDependencies } from "../src/handlers/slack.ts";

/** The app that Slack sends commands to, on a free port of 127.0.0.1. */
export interface SlackEntrance {
  url: string;
  close(): Promise<void>;
}

/** Opens the entrance for Slack on this machine, as a function URL does in AWS. */
export async function openSlackEntrance(dependencies: Omit<SlackDependencies, "now">): Promise<SlackEntrance> {
  // Slack signs with the real time.
  const answer = createSlackApp({ ...dependencies, now: Date.now });
  const server = createAdaptorServer({ fetch: (request) => answered(answer, request) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answered(answer: ReturnType<typeof createSlackApp>, request: Request): Promise<Response> {
  const { pathname: path, search } = new URL(request.url);
  const { status, headers, body } = await answer({
    method: request.method,
    path,
    query: search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: async () => Buffer.from(await request.arrayBuffer()),
  });
  return new Response(body, { status, headers });
}
