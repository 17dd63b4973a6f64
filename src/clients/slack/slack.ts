import { LogLevel, WebClient } from "@slack/web-api";
import type { Message } from "../../messages/message.ts";
import { slackError } from "./error.ts";

/** Where a message stands in Slack. */
export interface Posted {
  /** Slack's channel id. */
  channel: string;
  ts: string;
  /** False where it stands in the channel itself: also a reply whose parent was deleted, since Slack accepts and moves it silently. */
  inThread?: boolean;
}

/** What the guard asks of Slack. Every call throws a SlackError where Slack refuses or does not answer in time; none is repeated here. */
export interface Slack {
  /** The id of the guard's channel. */
  readonly channel: string;
  /** Posts to the guard's channel, or into a thread of it; `broadcast` shows a thread entry in the channel too. */
  post(message: Message, thread?: { ts: string; broadcast: boolean }): Promise<Posted>;
  update(at: Posted, message: Message): Promise<void>;
}

/** Whose bot posts where; `apiUrl` ends in a slash and is Slack's own where left out. */
export interface SlackOptions {
  /** Reads the bot's token before each call: a token may be rotated. */
  token(): Promise<string>;
  /** The channel's id. */
  channel: string;
  apiUrl?: string;
  /** How long a call may take; 5000 where left out. */
  timeoutMs?: number;
  /** Makes the HTTP calls; the global fetch where left out. */
  fetch?: typeof fetch;
}

/** Makes Slack's own client: its defaults retry for half an hour and sleep through rate limits, which nobody here can wait for. */
export function createWebClient({ apiUrl, timeoutMs = 5_000, fetch }: Pick<SlackOptions, "apiUrl" | "timeoutMs" | "fetch">): WebClient {
  return new WebClient(undefined, {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    ...(fetch && { fetch }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    timeout: timeoutMs,
  });
}

/** Makes the client of the guard's channel. */
export function createSlack({ token, channel, ...options }: SlackOptions): Slack {
  const web = createWebClient(options);
  return {
    channel,
    async post(message, thread) {
      const common = { token: await token(), channel, ...message, unfurl_links: false, unfurl_media: false };
      const answer = await call("chat.postMessage", web.chat.postMessage(thread ? { ...common, ...inThread(thread) } : common));
      return { channel: answer.channel ?? channel, ts: answer.ts ?? "", inThread: answer.message?.thread_ts !== undefined };
    },
    async update({ channel, ts }, message) {
      // Left out, chat.update parses `text` as a person's typing, which chat.postMessage does not. Source: Slack, chat.update, "parse".
      await call("chat.update", web.chat.update({ token: await token(), channel, ts, ...message, parse: "none" }));
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
