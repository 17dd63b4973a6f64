import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { LogLevel, WebClient, type WebClientOptions } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { createLabSlack, type LabSlack, type LabSlackOptions } from "../../../lab/slack/slack.ts";
import { VirtualClock } from "../../../local/clock.ts";

/** 2024-02-05 10:52:27.868 UTC, lab time at the start of a test. */
export const START = Date.parse("2024-02-05T10:52:27.868Z");

/** A lab Slack behind real HTTP and the real client that talks to it, closed at the end of the test. */
export async function startSlack(options: Partial<LabSlackOptions> & { client?: WebClientOptions; asToken?: string } = {}) {
  const clock = new VirtualClock(START);
  const slack = createLabSlack({ clock, ...options });
  const url = await listen(slack);
  const client = new WebClient(options.asToken ?? "xoxb-lab", {
    slackApiUrl: `${url}/slack/api/`,
    retryConfig: { retries: 0 },
    timeout: 3000,
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
    ...options.client,
  });
  return { clock, slack, client, url };
}

/** Moves the clock of a test by `ms` milliseconds. */
export function pass(clock: VirtualClock, ms: number): Promise<void> {
  return clock.work(() => clock.until(clock.now() + ms));
}

async function listen(slack: LabSlack): Promise<string> {
  const listener = getRequestListener((request, env) => slack.fetch(request, env as HttpBindings));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nothing = (): void => undefined;
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
