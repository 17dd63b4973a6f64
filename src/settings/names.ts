/** The environment variables that the functions read, by what they set; what is not listed here is read by nobody. */
export const VARIABLES = {
  slackChannel: "SLACK_CHANNEL",
  slackSecret: "SLACK_SECRET",
  slackApiUrl: "SLACK_API_URL",
  table: "TABLE_NAME",
  queueUrl: "QUEUE_URL",
  deadLettersUrl: "DEAD_LETTER_QUEUE_URL",
  bus: "EVENT_BUS_NAME",
  watch: "WATCH",
  stuckAfterHours: "STUCK_AFTER_HOURS",
  onDegraded: "ON_DEGRADED",
  tagMayRaise: "TAG_MAY_RAISE",
  settleMinutes: "SETTLE_MINUTES",
  maxRecreatesPerDay: "MAX_RECREATES_PER_DAY",
  operations: "OPERATIONS",
  principal: "PRINCIPAL_ARN",
  commands: "SLACK_COMMANDS",
  operators: "SLACK_OPERATORS",
  approvals: "SLACK_APPROVALS",
  channels: "SLACK_COMMAND_CHANNELS",
  answer: "ANSWER_FUNCTION",
} as const;

/** Thrown where the environment lacks settings or holds bad ones: the message names all of them. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** A sentence for each variable that is missing or bad. */
  readonly problems: string;

  constructor(problems: string) {
    super(`${problems} Set the environment variables of the function.`);
    this.problems = problems;
  }
}
