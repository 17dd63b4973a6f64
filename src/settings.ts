import * as z from "zod/mini";

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
} as const;

/** Which deployments the guard watches: every one, or those with the tag `bluegreen-guard:watch`. */
export type Watch = "all" | "tagged";

/** True for a Slack channel's id, such as C0123456789; false for a name. Source: Slack, "Conversations API", channel ids. */
export function isChannelId(text: string): boolean {
  return /^[CG][A-Z0-9]{7,}$/.test(text);
}

/** Where in Slack the guard speaks, and as whom. */
export interface SlackSettings {
  /** The channel's id. */
  slackChannel: string;
  /** Name or ARN of the secret in Secrets Manager that holds the bot's token. */
  slackSecret: string;
  /** Slack's own where left out; ends in a slash. */
  slackApiUrl?: string;
}

/** All that a function is told by its environment. AWS's region, endpoints and credentials are read by the SDK itself. */
export interface Settings extends SlackSettings {
  table: string;
  queueUrl: string;
  deadLettersUrl: string;
  bus: string;
  watch: Watch;
  /** Hours without progress after which a creation is reported. */
  stuckAfterHours: number;
}

const url = z.url({ protocol: /^https?$/, error: "takes a URL that begins with https:// or http://" });
const given = z.string().check(z.minLength(1, "is empty"));

const SLACK = {
  slackChannel: z.string().check(z.refine(isChannelId, "takes a channel's id, such as C0123456789: in Slack, open the channel's details")),
  slackSecret: given,
  slackApiUrl: z.optional(
    z.pipe(
      url,
      z.transform((text) => (text.endsWith("/") ? text : `${text}/`)),
    ),
  ),
};

const ALL = {
  ...SLACK,
  table: given,
  queueUrl: url,
  deadLettersUrl: url,
  bus: given,
  watch: z.enum(["all", "tagged"], { error: 'takes "all" or "tagged"' }),
  stuckAfterHours: z.coerce
    .number({ error: "takes a number of hours" })
    .check(z.minimum(1, "takes 1 hour or more"), z.maximum(336, "takes 336 hours or fewer")),
};

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

type Environment = Record<string, string | undefined>;

/** Reads all settings. @throws SettingsError that names every variable that is missing or bad, with the value received. */
export function readSettings(environment: Environment = process.env): Settings {
  return read(ALL, environment);
}

/** Reads what is needed to speak in Slack. @throws SettingsError as `readSettings` does. */
export function readSlackSettings(environment: Environment = process.env): SlackSettings {
  return read(SLACK, environment);
}

function read<Shape extends Partial<Record<keyof typeof VARIABLES, z.ZodMiniType>>>(shape: Shape, environment: Environment) {
  const names = Object.keys(shape) as (keyof typeof VARIABLES)[];
  const values = Object.fromEntries(names.map((name) => [name, environment[VARIABLES[name]] || undefined]));
  const result = z.object(shape).safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path: [name], message }) => {
    const value = values[String(name)];
    const variable = VARIABLES[name as keyof typeof VARIABLES];
    return value === undefined ? `${variable} is not set.` : `${variable} ${message}; received "${value}".`;
  });
  throw new SettingsError(lines.join(" "));
}
