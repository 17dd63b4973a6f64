import { ON_DEGRADED, WATCH } from "./choices.ts";
import type { Setting } from "./setting.ts";
import { CHANNEL_ID, CHANNEL_ROUTE, OPERATOR_ID } from "./slack-ids.ts";

// To add a setting: add an entry here, a prop in infra/props.ts and a row in the README (test/unit/settings/table.test.ts compares them),
// write the schema anew (npm run schema), and use it. Everything in between follows from the entry.

// Separate, so that the function for Slack can be bundled without the rest.
export const slackSecret = {
  variable: "SLACK_SECRET",
  // Source: Secrets Manager API, CreateSecret, Name.
  kind: {
    is: "secret",
    takes: "a secret's name or ARN",
    pattern: /^(arn:[^:\s]+:secretsmanager:[^:\s]+:\d{12}:secret:)?[\w/+=.@-]+$/,
  },
  help: "the secret with the Slack app's token and signing secret; as text its name or ARN",
  leftOut: "an empty one is made: put the value in before the first message",
  stated: "secret",
  word: "create",
} as const satisfies Setting;

/** What the guard does, and for whom: each is a prop of the construct, a context key and a variable of every function. */
export const GUARD = {
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
  watch: {
    variable: "WATCH",
    kind: { is: "choice", of: WATCH },
    default: "all",
    unset: "refused",
    help: "`all`, or `tagged`: deployments with the tag `bluegreen-guard:watch`",
  },
  stuckAfterHours: {
    variable: "STUCK_AFTER_HOURS",
    kind: { is: "number", unit: "hours", range: [1, 336] },
    default: 6,
    unset: "refused",
    help: "hours without progress after which a creation is reported",
  },
  onDegraded: {
    variable: "ON_DEGRADED",
    kind: { is: "choice", of: ON_DEGRADED },
    default: "ask",
    help: "what is done about a degraded deployment: `notify`, `ask` (tell, and offer to recreate it) or `recreate`",
  },
  settleMinutes: {
    variable: "SETTLE_MINUTES",
    kind: { is: "number", unit: "minutes", range: [1, 120] },
    default: 10,
    help: "minutes without new DDL after which an automatic recreation begins",
  },
  maxRecreatesPerDay: {
    variable: "MAX_RECREATES_PER_DAY",
    kind: { is: "number", unit: "recreations", range: [1, 20], isWhole: true },
    default: 2,
    help: "automatic recreations of one blue database within 24 hours",
  },
  tagMayRaise: {
    variable: "TAG_MAY_RAISE",
    kind: { is: "truth" },
    default: false,
    help: "whether a deployment's tag `bluegreen-guard:on-degraded` may ask for more than `onDegraded`; for less it always may",
  },
  operations: {
    variable: "OPERATIONS",
    kind: { is: "truth" },
    default: true,
    unset: "false",
    help: "`false` leaves out all that recreates and switches over: for regions without Lambda durable functions, or a guard that can change nothing in RDS",
  },
  commands: {
    variable: "SLACK_COMMANDS",
    kind: { is: "truth" },
    default: true,
    unset: "false",
    help: "`false` leaves out the Function URL and the functions behind it: for regions without Function URLs, or a guard that takes no commands from Slack",
  },
  operators: {
    variable: "SLACK_OPERATORS",
    kind: { is: "list", takes: "ids of Slack users and user groups", examples: ["U0123456789", "S0123456789"], pattern: OPERATOR_ID },
    default: [],
    help: "ids of Slack users (`U…`) and user groups (`S…`) who may have something changed",
    leftOut: "nobody may",
    stated: "operators",
    word: "none",
  },
  approvals: {
    variable: "SLACK_APPROVALS",
    kind: { is: "choice", of: [0, 1] },
    default: 0,
    help: "how many other operators have to approve what one asks for in Slack",
  },
  commandChannels: {
    variable: "SLACK_COMMAND_CHANNELS",
    kind: { is: "list", takes: "ids of Slack channels", examples: ["C0123456789", "C9876543210"], pattern: CHANNEL_ID },
    default: [],
    help: "ids of the channels in which commands are taken; the buttons of the guard's messages work wherever it posts",
    leftOut: "every channel of the workspace",
  },
} as const satisfies Record<string, Setting & { variable: string }>;

/** What only the stack needs: each is a prop of the construct and a context key. */
export const STACK = {
  tracing: {
    kind: { is: "truth" },
    default: true,
    help: "`false` leaves out AWS X-Ray: for the regions in China",
  },
  slackConcurrency: {
    kind: { is: "number", range: [1, 1_000], isWhole: true },
    help: "how many commands and presses are taken at once, reserved out of the account's",
    leftOut: "none are reserved",
  },
  monitoringRoleArns: {
    kind: { is: "list", takes: "ARNs of roles", pattern: /^arn:[^:]+:iam::\d{12}:role\/[^*?]+$/ },
    help: "roles of Enhanced Monitoring that creation may pass on to green; a database with another is not recreated",
    leftOut: "`role/rds-monitoring-role` alone, which the RDS console makes",
  },
  greenNames: {
    kind: {
      is: "list",
      takes: "one or more names of databases, with * and ? for what is not known",
      pattern: /^[a-zA-Z0-9*?-]+$/,
      needsOne: true,
    },
    // RDS names green after blue, with a suffix. Source: Aurora User Guide, "Overview of Amazon Aurora Blue/Green Deployments".
    default: ["*-green-*"],
    help: "name patterns of what the recreate function may modify and delete, in place of `*-green-*`: a narrower one is safer, any other lets it delete more",
  },
  alarmTopic: {
    kind: { is: "topic", takes: "the ARN of an SNS topic", pattern: /^arn:[^:\s]+:sns:[^:\s]+:\d{12}:[\w.-]+$/ },
    help: "an SNS topic that CloudWatch may publish to; as text its ARN",
    leftOut: "one is made if there is an `alarmEmail`",
    stated: "alarms",
    word: "none",
  },
  alarmEmail: {
    kind: { is: "text", takes: "an e-mail address", pattern: /^[^@\s]+@[^@\s]+$/ },
    help: "who gets the alarms",
    leftOut: "nobody; synth warns where there is no `alarmTopic` either",
    stated: "alarms",
    word: "none",
  },
  logRetention: {
    // Source: CloudWatch Logs API, PutRetentionPolicy, retentionInDays; 9999 is the CDK's number for "for ever".
    kind: {
      is: "retention",
      of: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, 9999],
    },
    default: 90,
    help: "how long logs are kept; as text a number of days",
    leftOut: "three months",
  },
} as const satisfies Record<string, Setting>;
