import type { Message } from "./message.ts";

/** What is posted to a `response_url`. Source: Slack, "Handling user interaction", message responses. */
export interface Reply extends Message {
  /** Shown to the asker alone. */
  response_type: "ephemeral";
  /** True where it takes the place of the message whose button was pressed. */
  replace_original: boolean;
}

/** A message that only the asker sees. */
export const toAsker = (message: Message): Reply => ({ ...message, response_type: "ephemeral", replace_original: false });

/** A message in the place of the one whose button was pressed. */
export const instead = (message: Message): Reply => ({ ...message, response_type: "ephemeral", replace_original: true });
