import type { Reply } from "../../messages/reply.ts";

/** Answers whoever typed a command or pressed a button, by the address that came with it. */
export interface Replies {
  /**
   * Posts to a `response_url`, which works for 30 minutes and five times.
   *
   * @throws Error where Slack refuses or does not answer in time; its text never holds the address, with which anybody could answer.
   */
  send(responseUrl: string, reply: Reply): Promise<void>;
}

const SLACK = "https://hooks.slack.com";
const TIMEOUT_MS = 5_000;

/**
 * Makes the client of response addresses; `origin` is where they may be, Slack's own where left out.
 *
 * Source: Slack, "Handling user interaction", `response_url`.
 */
export function createReplies({ origin = SLACK, fetch: send = fetch }: { origin?: string; fetch?: typeof fetch } = {}): Replies {
  return {
    async send(responseUrl, reply) {
      if (!URL.canParse(responseUrl) || new URL(responseUrl).origin !== origin) {
        throw new Error(`The address to answer is none of ${origin}: nothing was sent there.`);
      }
      const headers = { "content-type": "application/json; charset=utf-8" };
      const response = await send(responseUrl, {
        method: "POST",
        headers,
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
