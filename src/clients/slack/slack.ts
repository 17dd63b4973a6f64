import { LogLevel, WebAPIPlatformError, WebClient } from "@slack/web-api";
import type { Message } from "../../messages/slack/message.ts";
import { lightFetch } from "../http.ts";
import { slackError } from "./error.ts";

/** Where a message is in Slack. */
export interface Posted {
  /** Slack's channel id. */
  channel: string;
  ts: string;
  /** False if it is in the channel itself; so is a reply whose parent was deleted, which Slack accepts and moves silently. */
  inThread?: boolean;
}

/** What the guard does in Slack. Every call throws a SlackError if Slack refuses or does not answer in time; none is retried here. */
export interface Slack {
  /** The id of the guard's channel, where it posts what no other channel is named for. */
  readonly channel: string;
  /** Posts to a channel, or to a thread in it; `broadcast` also shows a thread entry in the channel. */
  post(message: Message, thread?: { ts: string; broadcast: boolean }, channel?: string): Promise<Posted>;
  update(at: Posted, message: Message): Promise<void>;
}

/** The guard's channel, for a test that takes back what it posted. */
export interface OwnSlack extends Slack {
  /** Deletes a message of the bot's own. */
  remove(at: Posted): Promise<void>;
}

/** Which bot posts where; `apiUrl` ends in a slash and is Slack's own if omitted. */
export interface SlackOptions {
  /** Reads the bot's token before each call, `anew` after Slack has refused the one known: a token may be rotated. */
  token(anew?: boolean): Promise<string>;
  /** The channel's id. */
  channel: string;
  apiUrl?: string;
  /** Milliseconds that a call may take; 5,000 if omitted. */
  timeoutMs?: number;
  /** Makes the HTTP calls; `lightFetch` if omitted. */
  fetch?: typeof fetch;
}

/** Creates Slack's own client without its defaults: they retry for half an hour and sleep through rate limits, which is too long here. */
export function createWebClient({
  apiUrl,
  timeoutMs = 5_000,
  fetch = lightFetch,
}: Pick<SlackOptions, "apiUrl" | "timeoutMs" | "fetch">): WebClient {
  return new WebClient(undefined, {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    fetch,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    timeout: timeoutMs,
  });
}

/** Creates the client of the guard's channel. */
export function createSlack({ token, channel, ...options }: SlackOptions): OwnSlack {
  const web = createWebClient(options);
  return {
    channel,
    async post(message, thread, to = channel) {
      const common = { channel: to, ...message, unfurl_links: false, unfurl_media: false };
      const content = thread ? { ...common, ...inThread(thread) } : common;
      const answer = await asBot("chat.postMessage", token, (it) => web.chat.postMessage({ token: it, ...content }));
      return { channel: answer.channel ?? to, ts: answer.ts ?? "", inThread: answer.message?.thread_ts !== undefined };
    },
    async update({ channel, ts }, message) {
      // Without it, chat.update parses `text` as if a person had typed it; chat.postMessage does not. Source: Slack, chat.update, "parse".
      await asBot("chat.update", token, (it) => web.chat.update({ token: it, channel, ts, ...message, parse: "none" }));
    },
    async remove({ channel, ts }) {
      await asBot("chat.delete", token, (it) => web.chat.delete({ token: it, channel, ts }));
    },
  };
}

function inThread({ ts, broadcast }: { ts: string; broadcast: boolean }) {
  return broadcast ? { thread_ts: ts, reply_broadcast: true as const } : { thread_ts: ts };
}

// Source: Slack Web API reference, "Errors" that every method shares.
const REFUSED_TOKEN = new Set(["invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"]);

/** Makes a call with the bot's token, and once more if Slack refuses that one and another has taken its place. @throws SlackError */
export async function asBot<T>(method: string, token: SlackOptions["token"], call: (token: string) => Promise<T>): Promise<T> {
  const known = await token();
  try {
    return await call(known);
  } catch (error) {
    const isRefused = error instanceof WebAPIPlatformError && REFUSED_TOKEN.has(error.data.error);
    const other = isRefused ? await token(true) : known;
    if (other === known) throw slackError(method, error);
    return call(other).catch((again: unknown) => {
      throw slackError(method, again);
    });
  }
}
