import type { Setting } from "./setting.ts";
import { CHANNEL_ID, CHANNEL_ROUTE, MENTION } from "./slack-ids.ts";

/** The name or ARN of a secret. Source: Secrets Manager API, CreateSecret, Name. */
export const SECRET = {
  is: "secret",
  takes: "a secret's name or ARN",
  pattern: /^(arn:[^:\s]+:secretsmanager:[^:\s]+:\d{12}:secret:)?[\w/+=.@-]+$/,
} as const;

// Separate, so that the function for Slack can be bundled without the rest.
export const slackSecret = {
  variable: "SLACK_SECRET",
  kind: SECRET,
  help: "the secret with the Slack app's token and signing secret; as text its name or ARN",
  leftOut: "an empty one is made: put the value in before the first message",
  stated: "secret",
  word: "create",
} as const satisfies Setting;

/** Where the guard tells, and how it calls the account. */
export const SLACK = {
  slackChannel: {
    variable: "SLACK_CHANNEL",
    kind: { is: "text", takes: "a channel's id, such as C0123456789: in Slack, open the channel's details", pattern: CHANNEL_ID },
    help: "the channel's id; a name is refused at synth",
    stated: "channel",
  },
  channels: {
    variable: "SLACK_CHANNELS",
    kind: {
      is: "list",
      takes: "PATTERN=CHANNEL, a pattern of deployments' names and a channel's id",
      examples: ["orders-*=C0123456789", "pay-?=C9876543210"],
      pattern: CHANNEL_ROUTE,
    },
    default: [],
    help: "which deployments are told in another channel, as `PATTERN=CHANNEL`: `*` and `?` in a deployment's name, the first match wins; the tag `bluegreen-guard:channel` chooses among these channels",
    leftOut: "all are told in `slackChannel`",
  },
  mentions: {
    variable: "SLACK_MENTIONS",
    kind: {
      is: "list",
      takes: "now=ID or later=ID, the id of a Slack user or user group",
      examples: ["now=S0123456789", "later=U0123456789"],
      pattern: MENTION,
    },
    default: [],
    help: "who is mentioned when a deployment needs a person, as `now=ID` (production suffers, or may) and `later=ID` (blue serves on), and once more after 30 minutes unless somebody presses *I'm on it*",
    leftOut: "nobody is mentioned",
  },
  slackSecret,
  slackApiUrl: {
    variable: "SLACK_API_URL",
    kind: {
      is: "text",
      takes: "a URL that begins with https:// or http://",
      pattern: /^https?:\/\/[\w.-]+(:\d+)?(\/[\w./~-]*)?$/i,
      finish: (text) => (text.endsWith("/") ? text : `${text}/`),
    },
    unset: "nothing",
    help: "the address of Slack's API: for GovSlack `https://slack-gov.com/api/`",
    leftOut: "that of slack.com",
  },
  accountName: {
    variable: "ACCOUNT_NAME",
    kind: {
      is: "text",
      takes: "a name of 1 to 40 letters, digits, spaces, dots, hyphens and underscores",
      pattern: /^[\w.-]([\w .-]{0,38}[\w.-])?$/,
    },
    unset: "nothing",
    help: "what your people call the AWS account, such as `prod`: messages say it before the account's id",
    leftOut: "the id alone",
  },
} as const satisfies Record<string, Setting>;
