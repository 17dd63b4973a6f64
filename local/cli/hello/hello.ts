import { createAwsCall } from "../../../src/clients/aws-call.ts";
import { SlackError } from "../../../src/clients/slack/failure.ts";
import { createSlackSecret } from "../../../src/clients/slack/secret.ts";
import { SECRETS_MANAGER } from "../../../src/clients/slack/secret-text.ts";
import { createSigningSecret } from "../../../src/clients/slack/signing-secret.ts";
import { createSlack, type Posted } from "../../../src/clients/slack/slack.ts";
import { context, header, message, section } from "../../../src/messages/slack/message.ts";
import type { SlackSettings } from "../../../src/settings/settings.ts";
import { awsHere, regionHere } from "../aws-here.ts";
import { adviceOn } from "./advice.ts";
import { type Bot, botOf } from "./bot.ts";

const TITLE = "Hello from Blue/Green Guard";

/** The test message. */
export const HELLO = message("good", TITLE, header(TITLE), [
  section("This is a test: the guard can post in this channel. There is nothing to do."),
  context("Sent by `npx bluegreen-guard hello`"),
]);

/** The Slack settings, and the secret's region; if left out, the one from AWS's own environment. */
export interface HelloSettings extends SlackSettings {
  region?: string;
  /** Whether Slack sends commands to the guard: then the secret holds a signing secret, too. */
  commands: boolean;
}

/**
 * Reads the secret, asks Slack which bot its token belongs to, and posts one message; `print` gets a line for each step that succeeds.
 *
 * Returns what is wrong and what to do if a step fails, otherwise undefined. @throws RegionError
 */
export async function sayHello(settings: HelloSettings, print: (line: string) => void): Promise<string | undefined> {
  const { slackChannel: channel, slackSecret: name, slackApiUrl: apiUrl, commands } = settings;
  const region = await regionHere(settings.region);
  let bot: Bot | undefined;
  try {
    const aws = awsHere(region);
    const { botToken: token } = await createSlackSecret(name, aws)();
    if (commands) await createSigningSecret(name, createAwsCall(SECRETS_MANAGER, aws))();
    print(`The secret "${name}" holds a bot token${commands ? " and a signing secret" : ""}.`);
    bot = await botOf(token, apiUrl);
    print(`The token is that of @${bot.name} in the workspace ${bot.workspace} (${bot.url}).`);
    const posted = await createSlack({ token: async () => token, channel, apiUrl }).post(HELLO);
    print(`The message stands in ${posted.channel}: ${linkTo(posted, bot)}`);
    return undefined;
  } catch (error) {
    if (error instanceof SlackError) return adviceOn(error, bot);
    throw error;
  }
}

const linkTo = ({ channel, ts }: Posted, { url }: Bot): string => `${url}archives/${channel}/p${ts.replace(".", "")}`;
