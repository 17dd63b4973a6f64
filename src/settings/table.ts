import { ON_DEGRADED, WATCH } from "./choices.ts";
import type { Kind } from "./kinds.ts";
import { isChannelId, isOperatorId } from "./slack-ids.ts";

// To add a setting: add an entry here, a prop in infra/props.ts and a row in the README (test/unit/settings/table.test.ts compares them),
// and use it. Everything in between follows from the entry.

/** The table's entry for a setting. */
export interface Setting {
  /** The environment variable that functions read it from; absent if no function needs it. */
  variable?: string;
  kind: Kind;
  /** The value if none is given. */
  default?: unknown;
  /** How a function treats an unset variable; by default it takes the default value, or does not start if there is none. */
  unset?: "refused" | "nothing" | "false";
  /** What it is, as in the README's table, which adds range and form. */
  help?: string;
  /** What leaving it out means, if the default alone does not say so. */
  leftOut?: string;
}

// Separate, so that the function for Slack can be bundled without the rest.
export const slackSecret = {
  variable: "SLACK_SECRET",
  kind: { is: "secret" },
  help: "the secret; in the context its name or ARN",
  leftOut: "an empty one is made: put the value in before the first message",
} as const satisfies Setting;

/** The name of the function that answers Slack. */
export const answer = { variable: "ANSWER_FUNCTION", kind: { is: "text" } } as const satisfies Setting;

/** What the guard does, and for whom: each is a prop of the construct, a context key and a variable of every function. */
export const GUARD = {
  slackChannel: {
    variable: "SLACK_CHANNEL",
    kind: { is: "text", takes: "a channel's id, such as C0123456789: in Slack, open the channel's details", fits: isChannelId },
    help: "the channel's id; a name is refused at synth",
  },
  slackSecret,
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
    help: "`false` leaves out the Function URL and the functions behind it: the guard takes no commands from Slack",
  },
  operators: {
    variable: "SLACK_OPERATORS",
    kind: { is: "list", takes: "ids of Slack users and user groups", examples: ["U0123456789", "S0123456789"], fits: isOperatorId },
    default: [],
    help: "ids of Slack users (`U…`) and user groups (`S…`) who may have something changed",
    leftOut: "nobody may",
  },
  approvals: {
    variable: "SLACK_APPROVALS",
    kind: { is: "choice", of: [0, 1] },
    default: 0,
    help: "how many other operators have to approve what one asks for in Slack",
  },
  commandChannels: {
    variable: "SLACK_COMMAND_CHANNELS",
    kind: { is: "list", takes: "ids of Slack channels", examples: ["C0123456789", "C9876543210"], fits: isChannelId },
    default: [],
    help: "ids of the channels in which commands are taken; the buttons of the guard's messages work wherever it posts",
    leftOut: "every channel of the workspace",
  },
} as const satisfies Record<string, Setting & { variable: string }>;

/** What only the stack needs: each is a prop of the construct and a context key. */
export const STACK = {
  slackConcurrency: {
    kind: { is: "number", range: [1, 1_000], isWhole: true },
    help: "how many commands and presses are taken at once, reserved out of the account's",
    leftOut: "none are reserved",
  },
  monitoringRoleArns: {
    kind: { is: "list", takes: "ARNs of roles", fits: (text) => /^arn:[^:]+:iam::\d{12}:role\/[^*?]+$/.test(text) },
    default: [],
    help: "roles of Enhanced Monitoring that creation may pass on to green",
    leftOut: "none: a database with Enhanced Monitoring is not recreated",
  },
  greenNames: {
    kind: {
      is: "list",
      takes: "one or more names of databases, with * and ? for what is not known",
      fits: (text) => /^[a-zA-Z0-9*?-]+$/.test(text),
      needsOne: true,
    },
    // RDS names green after blue, with a suffix. Source: Aurora User Guide, "Overview of Amazon Aurora Blue/Green Deployments".
    default: ["*-green-*"],
    help: "name patterns of what the recreate function may modify and delete; any other widens it",
  },
  alarmTopic: {
    kind: { is: "topic" },
    help: "an SNS topic that CloudWatch may publish to; in the context its ARN",
    leftOut: "one is made if there is an `alarmEmail`",
  },
  alarmEmail: {
    kind: { is: "text", takes: "an e-mail address", fits: (text) => /^[^@\s]+@[^@\s]+$/.test(text) },
    help: "who gets the alarms",
    leftOut: "nobody; synth warns where there is no `alarmTopic` either",
  },
  logRetention: {
    kind: { is: "retention" },
    default: 90,
    help: "how long logs are kept; in the context a number of days",
    leftOut: "three months",
  },
} as const satisfies Record<string, Setting>;

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);
const withSlash = (text: string): string => (text.endsWith("/") ? text : `${text}/`);
const A_URL = "a URL that begins with https:// or http://";

/** Where the functions find their resources; the stack sets these, not a prop. */
export const PLACES = {
  table: { variable: "TABLE_NAME", kind: { is: "text" } },
  queueUrl: { variable: "QUEUE_URL", kind: { is: "text", takes: A_URL, fits: isUrl } },
  deadLettersUrl: { variable: "DEAD_LETTER_QUEUE_URL", kind: { is: "text", takes: A_URL, fits: isUrl } },
  bus: { variable: "EVENT_BUS_NAME", kind: { is: "text" } },
  /** ARN of the role that creates deployments, whose permissions are checked before a deletion. */
  principal: { variable: "PRINCIPAL_ARN", kind: { is: "text" }, unset: "nothing" },
  /** Slack's own API if left out; ends in a slash. */
  slackApiUrl: { variable: "SLACK_API_URL", kind: { is: "text", takes: A_URL, fits: isUrl, finish: withSlash }, unset: "nothing" },
} as const satisfies Record<string, Setting & { variable: string }>;

/** How the terminal finds a deployed guard. */
export const TERMINAL = {
  /** If left out, the terminal does the work itself. */
  table: { variable: "BLUEGREEN_GUARD_TABLE", kind: { is: "text" }, unset: "nothing" },
  bus: { variable: "BLUEGREEN_GUARD_BUS", kind: { is: "text" }, default: "bluegreen-guard" },
} as const satisfies Record<string, Setting & { variable: string }>;
