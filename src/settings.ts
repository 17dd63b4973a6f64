import * as z from "zod/mini";
import { ON_DEGRADED, type OnDegraded } from "./deployments/policy.ts";

export { ON_DEGRADED, type OnDegraded };

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
  /** What is done about a deployment whose replication is degraded. */
  onDegraded: OnDegraded;
  /** Whether a deployment's tag may ask for more than `onDegraded`. */
  tagMayRaise: boolean;
  /** Minutes without new DDL after which an automatic recreation begins. */
  settleMinutes: number;
  /** How many recreations of one blue database begin by themselves within 24 hours. */
  maxRecreatesPerDay: number;
  /** Whether there is a function that recreates. */
  operations: boolean;
  /** ARN of the role that creates: whose permissions are asked about before a deletion. */
  principal?: string;
}

/** What holds where nobody says otherwise. */
export const DEFAULTS = {
  watch: "all",
  stuckAfterHours: 6,
  onDegraded: "ask",
  tagMayRaise: false,
  settleMinutes: 10,
  maxRecreatesPerDay: 2,
} as const;

/** What the numbers among the settings take, the least and the most. */
export const RANGES = { stuckAfterHours: [1, 336], settleMinutes: [1, 120], maxRecreatesPerDay: [1, 20] } as const;

const url = z.url({ protocol: /^https?$/, error: "takes a URL that begins with https:// or http://" });
const given = z.string().check(z.minLength(1, "is empty"));

const yesOrNo = z.pipe(
  z.enum(["true", "false"], { error: 'takes "true" or "false"' }),
  z.transform((text) => text === "true"),
);

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
  stuckAfterHours: numberOf("hours", RANGES.stuckAfterHours),
  onDegraded: z._default(z.enum(ON_DEGRADED, { error: 'takes "notify", "ask" or "recreate"' }), DEFAULTS.onDegraded),
  tagMayRaise: z._default(yesOrNo, DEFAULTS.tagMayRaise),
  settleMinutes: z._default(numberOf("minutes", RANGES.settleMinutes), DEFAULTS.settleMinutes),
  maxRecreatesPerDay: z._default(wholeNumberOf("recreations", RANGES.maxRecreatesPerDay), DEFAULTS.maxRecreatesPerDay),
  operations: z._default(yesOrNo, false),
  principal: z.optional(given),
};

function numberOf(unit: string, [least, most]: readonly [number, number]) {
  const takes = `takes a number of ${unit}, ${least} to ${most}`;
  return z.coerce.number({ error: takes }).check(z.minimum(least, takes), z.maximum(most, takes));
}

function wholeNumberOf(unit: string, range: readonly [number, number]) {
  return numberOf(unit, range).check(z.multipleOf(1, `takes a whole number of ${unit}`));
}

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
