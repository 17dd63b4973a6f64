import * as z from "zod/mini";
import { ON_DEGRADED, type OnDegraded } from "../plans/on-degraded.ts";
import { SettingsError, VARIABLES } from "./names.ts";
import { given, listOf, numberOf, url, wholeNumberOf, yesOrNo } from "./shapes.ts";
import { isChannelId, isOperatorId } from "./slack-ids.ts";

export { isChannelId, isOperatorId, ON_DEGRADED, type OnDegraded, SettingsError, VARIABLES };

/** Which deployments the guard watches: every one, or those with the tag `bluegreen-guard:watch`. */
export type Watch = "all" | "tagged";

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
  /** Whether Slack sends commands and presses to the guard. */
  commands: boolean;
  /** Ids of the Slack users (U…, W…) and user groups (S…) who may have something changed; nobody where empty. */
  operators: string[];
  /** How many other operators have to approve what one asks for in Slack. */
  approvals: 0 | 1;
  /** Ids of the channels in which commands are taken; every one where empty. */
  channels: string[];
}

/** What holds where nobody says otherwise. */
export const DEFAULTS = {
  watch: "all",
  stuckAfterHours: 6,
  onDegraded: "ask",
  tagMayRaise: false,
  settleMinutes: 10,
  maxRecreatesPerDay: 2,
  commands: false,
  approvals: 0,
} as const;

/** What the numbers among the settings take, the least and the most. */
export const RANGES = { stuckAfterHours: [1, 336], settleMinutes: [1, 120], maxRecreatesPerDay: [1, 20] } as const;

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
  commands: z._default(yesOrNo, DEFAULTS.commands),
  operators: listOf(isOperatorId, "takes ids of Slack users and user groups, such as U0123456789,S0123456789"),
  approvals: z._default(
    z.pipe(
      z.enum(["0", "1"], { error: "takes 0 or 1" }),
      z.transform((text) => (text === "1" ? 1 : 0)),
    ),
    DEFAULTS.approvals,
  ),
  channels: listOf(isChannelId, "takes ids of Slack channels, such as C0123456789,C9876543210"),
};

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
