import type { Reply } from "../../messages/slack/reply.ts";
import { lightFetch } from "../http.ts";

/** Answers the person who typed a command or pressed a button, at the address that came with it. */
export interface Replies {
  /**
   * Posts to a `response_url`, which works five times within 30 minutes.
   *
   * @throws Error if Slack refuses or does not answer in time; its text never contains the address, with which anybody could answer.
   */
  send(responseUrl: string, reply: Reply): Promise<void>;
}

const SLACK = "https://hooks.slack.com";
const TIMEOUT_MS = 5_000;

/**
 * Where the response addresses of the Slack with this API are: at Slack's and GovSlack's own hosts for them, elsewhere beside the API.
 *
 * Source: Slack, "GovSlack" (docs.slack.dev/govslack): slack-gov.com takes the place of slack.com.
 */
export function originOfReplies(apiUrl: string): string {
  const { protocol, host, origin } = new URL(apiUrl);
  return /^(slack|slack-gov)\.com$/.test(host) ? `${protocol}//hooks.${host}` : origin;
}

/**
 * Creates the client of response addresses; they must have this `origin`, Slack's own if omitted.
 *
 * Source: Slack, "Handling user interaction", `response_url`.
 */
export function createReplies({ origin = SLACK, fetch: send = lightFetch }: { origin?: string; fetch?: typeof fetch } = {}): Replies {
  return {
    async send(responseUrl, reply) {
      if (!URL.canParse(responseUrl) || new URL(responseUrl).origin !== origin) {
        throw new Error(`The address to answer is none of ${origin}: nothing was sent there.`);
      }
      const headers = { "content-type": "application/json; charset=utf-8" };
      const response = await send(responseUrl, {
        method: "POST",
        headers,
        // A redirect would carry what is said here to any host.
        redirect: "manual",
        body: JSON.stringify(reply),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((error: Error) => {
        throw new Error(`Slack did not take the answer (${error.name}).`);
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`Slack did not take the answer: HTTP ${response.status}.`);
    },
  };
}
