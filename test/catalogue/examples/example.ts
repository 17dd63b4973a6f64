import type { Message } from "../../../src/messages/slack/message.ts";

/** A message made with example data, and when the guard says it. */
export interface Example {
  when: string;
  message: Message;
}
