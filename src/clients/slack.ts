import { WebClient } from "@slack/web-api";
import type { Message } from "../messages/message.ts";
import { slackError } from "./slack-error.ts";

/** Where a message stands in Slack. */
export interface Posted {
  /** Slack's channel id. */
  channel: string;
  ts: string;
}

/** What the guard asks of Slack. Every call throws a SlackError where Slack refuses or does not answer within 5 s; none is repeated here. */
export interface Slack {
  /** Posts to the guard's channel, or into a thread of it; `broadcast` shows a thread entry in the channel too. */
  post(message: Message, thread?: { ts: string; broadcast: boolean }): Promise<Posted>;
  update(at: Posted, message: Message): Promise<void>;
}

/** Whose bot posts where; `apiUrl` ends in a slash and is Slack's own where left out. */
export interface SlackOptions {
  token: string;
  /** The channel's id. */
  channel: string;
  apiUrl?: string;
}

/**
 * Makes the Slack client.
 *
 * The WebClient's own defaults retry for half an hour and sleep through rate limits, which a Lambda must not.
 */
export function createSlack({ token, channel, apiUrl }: SlackOptions): Slack {
  const web = new WebClient(token, {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5_000,
  });
  return {
    async post(message, thread) {
      const common = { channel, ...message, unfurl_links: false, unfurl_media: false };
      const answer = await call("chat.postMessage", web.chat.postMessage(thread ? { ...common, ...inThread(thread) } : common));
      return { channel: answer.channel ?? channel, ts: answer.ts ?? "" };
    },
    async update(at, message) {
      await call("chat.update", web.chat.update({ ...at, ...message }));
    },
  };
}

function inThread({ ts, broadcast }: { ts: string; broadcast: boolean }) {
  return broadcast ? { thread_ts: ts, reply_broadcast: true as const } : { thread_ts: ts };
}

async function call<T>(method: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw slackError(method, error);
  }
}
