import type { Message } from "./message.ts";

/** The payload to post to a `response_url`. Source: Slack, "Handling user interaction", message responses. */
export interface Reply extends Message {
  /** Shown only to the person who asked. */
  response_type: "ephemeral";
  /** True to replace the message whose button was pressed. */
  replace_original: boolean;
}

/** A message that only the person who asked sees. */
export const toAsker = (message: Message): Reply => ({ ...message, response_type: "ephemeral", replace_original: false });

/** A message that replaces the one whose button was pressed. */
export const instead = (message: Message): Reply => ({ ...message, response_type: "ephemeral", replace_original: true });
