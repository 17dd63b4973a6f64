import { slackError } from "../../../src/clients/slack/error.ts";
import { createWebClient } from "../../../src/clients/slack/slack.ts";

/** The bot that a token belongs to. */
export interface Bot {
  /** The bot's name, as people type it after the @. */
  name: string;
  workspace: string;
  /** The workspace's address; ends in a slash. */
  url: string;
}

/** Asks Slack which bot the token belongs to; needs no scope. @throws SlackError if Slack refuses the token or does not answer. */
export async function botOf(token: string, apiUrl: string | undefined): Promise<Bot> {
  const web = createWebClient({ apiUrl });
  try {
    const { user = "", team = "", url = "" } = await web.auth.test({ token });
    return { name: user, workspace: team, url };
  } catch (error) {
    throw slackError("auth.test", error);
  }
}
