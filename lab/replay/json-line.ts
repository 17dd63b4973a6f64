import { fromEventBridge } from "../../src/events/eventbridge.ts";
import { signalOf } from "../../src/rules/signal.ts";
import type { MessageChange } from "../slack/messages.ts";
import { messageText } from "../slack/text.ts";
import type { Replayed } from "./replay.ts";

const METHODS: Record<MessageChange["kind"], string> = {
  posted: "chat.postMessage",
  updated: "chat.update",
  deleted: "chat.delete",
};

// Line separators and control characters that JSON may hold as they are, but that some readers of lines break at.
const UNSAFE = /[\u007f-\u009f\u2028\u2029]/g;

/** What became of one event as a line of JSON, without its end. */
export function jsonLine({ event, route, changes }: Replayed): string {
  const line = {
    event: event.key,
    routedBy: route ?? null,
    signal: (route && signalOf(fromEventBridge(event.envelope))?.rule.id) ?? null,
    posted: changes.map(({ kind, message }) => ({
      method: METHODS[kind],
      text: messageText(message),
      thread: message.threadTs !== undefined,
    })),
  };
  return safeJson(line);
}

/** A value as JSON on one line that every reader of lines takes whole. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
