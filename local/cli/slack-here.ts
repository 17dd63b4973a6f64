import { createSlackSecret } from "../../src/clients/slack/secret.ts";
import type { SlackOptions } from "../../src/clients/slack/slack.ts";
import { readSlackSettings, VARIABLES } from "../../src/settings/settings.ts";
import { awsHere } from "./aws-here.ts";

/** The environment variable with the bot's token, for who has no secret yet. */
export const BOT_TOKEN = "SLACK_BOT_TOKEN";

/** What is to be set so that a command tells Slack. */
export const SLACK_NEEDED = `${VARIABLES.slackChannel}, and ${BOT_TOKEN} or ${VARIABLES.slackSecret}`;

/**
 * Where the environment has a command tell Slack, and with which token: that of `SLACK_BOT_TOKEN`, or of the secret; undefined if it says
 * nothing of Slack. @throws SettingsError if what it says is incomplete
 */
export function slackHere(environment: NodeJS.ProcessEnv): SlackOptions | undefined {
  const botToken = environment[BOT_TOKEN];
  if (!environment[VARIABLES.slackChannel] && !environment[VARIABLES.slackSecret] && !botToken) return undefined;
  const given = botToken ? { ...environment, [VARIABLES.slackSecret]: BOT_TOKEN } : environment;
  const { slackChannel: channel, slackSecret, slackApiUrl: apiUrl } = readSlackSettings(given);
  if (botToken) return { channel, apiUrl, token: async () => botToken };
  const secret = createSlackSecret(slackSecret, awsHere(undefined, environment));
  return { channel, apiUrl, token: async (anew) => (await secret(anew)).botToken };
}
