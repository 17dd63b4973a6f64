import type { SlackError } from "../../src/clients/slack/failure.ts";
import { createSlackSecret } from "../../src/clients/slack/secret.ts";
import type { SlackOptions } from "../../src/clients/slack/slack.ts";
import { readSlackSettings, SettingsError, VARIABLES } from "../../src/settings/settings.ts";
import { awsHere } from "./aws-here.ts";
import { adviceOn } from "./hello/advice.ts";
import type { Bot } from "./hello/bot.ts";

/** The environment variable with the bot's token, for who has no secret yet. */
export const BOT_TOKEN = "SLACK_BOT_TOKEN";

/** What is to be set so that a command tells Slack. */
export const SLACK_NEEDED = `${VARIABLES.slackChannel}, and ${BOT_TOKEN} or ${VARIABLES.slackSecret}`;

/** Where a command tells Slack. */
export interface SlackHere extends SlackOptions {
  /** What holds the token, in words. */
  tokenIn: string;
}

/** What a person can do about Slack's refusal of what `bot` asked, in words that name what holds the token. */
export const slackAdvice = (error: SlackError, bot: Bot | undefined, { tokenIn }: Pick<SlackHere, "tokenIn">): string =>
  adviceOn(error, bot).replaceAll("the Slack secret", tokenIn);

const EMPTY = `${BOT_TOKEN} is empty.`;
const NO_TOKEN = `Neither ${BOT_TOKEN} nor ${VARIABLES.slackSecret} is set.`;
const NO_BOT_TOKEN = `${BOT_TOKEN} takes the Slack app's bot token, which begins with xoxb-; what it holds does not.`;

/**
 * Where the environment has a command tell Slack, and with which token: that of `SLACK_BOT_TOKEN`, or of the secret; undefined if it says
 * nothing of Slack. @throws SettingsError if what it says is incomplete
 */
export function slackHere(environment: NodeJS.ProcessEnv): SlackHere | undefined {
  const botToken = environment[BOT_TOKEN];
  if (!environment[VARIABLES.slackChannel] && !environment[VARIABLES.slackSecret] && !botToken) return undefined;
  const isTold = botToken || environment[VARIABLES.slackSecret];
  // Of the two that can hold the token, the person hears of both.
  const given = botToken || !isTold ? { ...environment, [VARIABLES.slackSecret]: BOT_TOKEN } : environment;
  const { slackChannel: channel, slackSecret, slackApiUrl: apiUrl } = readSlackSettings(given);
  if (!isTold) throw new SettingsError(botToken === "" ? EMPTY : NO_TOKEN);
  if (botToken && !botToken.startsWith("xoxb-")) throw new SettingsError(NO_BOT_TOKEN);
  if (botToken) return { channel, apiUrl, token: async () => botToken, tokenIn: BOT_TOKEN };
  const secret = createSlackSecret(slackSecret, awsHere());
  return { channel, apiUrl, token: async (anew) => (await secret(anew)).botToken, tokenIn: "the Slack secret" };
}
