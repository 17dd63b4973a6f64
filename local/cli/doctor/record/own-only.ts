import { parse, refusalOf } from "../../../../src/settings/kinds.ts";
import { answer, PLACES } from "../../../../src/settings/places.ts";
import type { Setting } from "../../../../src/settings/setting.ts";
import { GUARD } from "../../../../src/settings/table.ts";
import type { Exchange } from "../../../recording.ts";

/** Types of resources that doctor looks at one by one. */
const OWN_TYPES = new Set(["AWS::Scheduler::Schedule", "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"]);
const OWN = /^Blue\/Green Guard: /;

/** The exchange without what an answer says of others than the guard, or in fields that nobody asked for. */
export function ownOnly(exchange: Exchange): Exchange {
  const change = CHANGES[`${exchange.service} ${exchange.operation}`] ?? CHANGES[exchange.service];
  return change ? { ...exchange, body: change(exchange.body) } : exchange;
}

const CHANGES: Readonly<Record<string, (body: string) => string>> = {
  "cloudformation DescribeStacks": (body) =>
    without(
      ["Parameters", "Tags", "Description", "NotificationARNs", "RoleARN", "StackStatusReason"],
      members(body, /<OutputKey>BlueGreenGuard/, /<OutputKey>/),
    ),
  "cloudformation ListStackResources": (body) => members(body, ownType, /<ResourceType>/),
  "cloudformation DescribeType": (body) => body.replace(/<Schema>[\s\S]*<\/Schema>/, (schema) => shortSchema(schema)),
  "monitoring DescribeAlarms": (body) =>
    json(body, (answer) => ({ ...answer, ...ownAlarms(answer, "MetricAlarms"), ...ownAlarms(answer, "CompositeAlarms") })),
  // As plain text, so that what is taken out by its form is found in it.
  "iam GetRolePolicy": (body) => body.replace(/(?<=<PolicyDocument>)[^<]*/, (text) => ownStatements(decodeURIComponent(text))),
  "events DescribeRule": (body) => json(body, ({ Description: _, CreatedBy: __, ManagedBy: ___, ...rule }) => rule),
  "events ListTargetsByRule": (body) => json(body, ownTargets),
  "iam SimulatePrincipalPolicy": (body) => without(["MatchedStatements"], body),
  lambda: (body) => json(body, ownConfiguration),
  sns: (body) => body.replaceAll(/<(Endpoint|Owner)>[^<]*</g, "<$1>removed<"),
  rds: (body) => without(["TagList", "MasterUsername", "MasterUserSecret", "DomainMemberships", "DBSubnetGroupDescription"], body),
  slack: (body) => json(body, (answer) => ({ ...answer, ...standInsFor(answer) })),
};

/** The alarms of a kind in an answer that are the guard's. */
function ownAlarms(answer: Record<string, unknown>, kind: "MetricAlarms" | "CompositeAlarms"): object {
  const all = answer[kind];
  return Array.isArray(all) ? { [kind]: all.filter(({ AlarmDescription = "" }) => OWN.test(AlarmDescription)) } : {};
}

const ownType = { test: (member: string) => OWN_TYPES.has(/<ResourceType>([^<]+)</.exec(member)?.[1] ?? "") };

/** The XML without the members of a kind that are not the guard's. */
function members(body: string, isOwn: { test(member: string): boolean }, ofKind: RegExp): string {
  return body.replaceAll(/<member>(?:(?!<member>)[\s\S])*?<\/member>/g, (member) =>
    ofKind.test(member) && !isOwn.test(member) ? "" : member,
  );
}

const without = (tags: readonly string[], body: string): string =>
  tags.reduce((left, tag) => left.replaceAll(new RegExp(`<${tag}>[^]*?</${tag}>`, "g"), ""), body);

/** A type's schema is long, and the same for everybody: what doctor reads of it is whether a property is there. */
const shortSchema = (schema: string): string =>
  schema.includes("DurableConfig") ? '<Schema>{"DurableConfig":{}}</Schema>' : "<Schema>{}</Schema>";

function json(body: string, change: (answer: Record<string, unknown>) => object): string {
  try {
    return JSON.stringify(change(JSON.parse(body) as Record<string, unknown>));
  } catch {
    // A proxy's page, or nothing.
    return "";
  }
}

interface Configuration {
  Environment?: { Variables?: Record<string, string> };
}

/** Variables of functions that name people and channels. */
const IDS = /"(?:SLACK_CHANNEL|SLACK_OPERATORS|SLACK_COMMAND_CHANNELS)":\s*"([^"]*)"/g;

/** The ids of Slack in the environments of functions. */
export function slackIdsIn({ service, body }: Exchange): string[] {
  if (service !== "lambda") return [];
  return [...body.matchAll(IDS)].flatMap(([, ids = ""]) => ids.split(",")).filter((id) => id !== "");
}

/** What an account adds to a function: its keys, layers and networks have names of its own. */
const ADDED = [
  "Description",
  "KMSKeyArn",
  "Layers",
  "VpcConfig",
  "FileSystemConfigs",
  "DeadLetterConfig",
  "Tags",
  "SigningProfileVersionArn",
];

/** What Lambda answers of a function, or of its versions, with the guard's own variables alone. */
function ownConfiguration(answer: Record<string, unknown> & Configuration): object {
  const { Environment, Versions, Policy, ...others } = Object.fromEntries(Object.entries(answer).filter(([name]) => !ADDED.includes(name)));
  const { Variables } = (Environment ?? {}) as NonNullable<Configuration["Environment"]>;
  return {
    ...others,
    ...(typeof Policy === "string" && { Policy: json(Policy, ownPermissions) }),
    ...(Array.isArray(Versions) && { Versions: Versions.map((it) => ownConfiguration(it as Record<string, unknown>)) }),
    ...(Variables && { Environment: { Variables: ownVariables(Variables) } }),
  };
}

const SETTINGS_BY_VARIABLE = new Map<string, Setting>(
  Object.values<Setting & { variable: string }>({ ...GUARD, ...PLACES, answer }).map((setting) => [setting.variable, setting]),
);

/** The guard's own variables; of one that takes no text, a value that it does not take is somebody's text. */
function ownVariables(variables: Record<string, string>): Record<string, string> {
  const own = Object.entries(variables).flatMap(([name, value]): [string, string][] => {
    const kind = SETTINGS_BY_VARIABLE.get(name)?.kind;
    if (!kind) return [];
    const isText = ["text", "list", "secret", "topic"].includes(kind.is);
    return [[name, isText || refusalOf(kind, parse(kind, value), true) === undefined ? value : "removed"]];
  });
  const { SLACK_SECRET, SLACK_API_URL, ...others } = Object.fromEntries(own);
  return {
    ...others,
    ...(SLACK_SECRET && { SLACK_SECRET: "bluegreen-guard/slack" }),
    ...(SLACK_API_URL && { SLACK_API_URL: /^https:\/\/slack(-gov)?\.com\/api\/?$/.test(SLACK_API_URL) ? SLACK_API_URL : PROXY }),
  };
}

const PROXY = "https://slack.example.com/api/";

/** Of a policy, the statements that doctor reads, and of these what it reads. */
function ownStatements(document: string): string {
  return json(document, ({ Version, Statement = [] }) => {
    const all = [Statement].flat() as Partial<Record<"Sid" | "Effect" | "Resource", unknown>>[];
    const own = all.filter(({ Sid }) => Sid === "PassMonitoringRoles" || Sid === "ChangeGreenInstances");
    return { Version, Statement: own.map(({ Sid, Effect, Resource }) => ({ Sid, Effect, Resource })) };
  });
}

/** Of a function's own policy, which rules may invoke it. */
function ownPermissions({ Version, Statement = [] }: Record<string, unknown>): object {
  const all = [Statement].flat() as { Effect?: unknown; Action?: unknown; Condition?: { ArnLike?: unknown } }[];
  const own = all.filter(({ Condition }) => JSON.stringify(Condition?.ArnLike ?? {}).includes(":rule/"));
  return {
    Version,
    Statement: own.map(({ Effect, Action, Condition }) => ({ Effect, Action, Condition: { ArnLike: Condition?.ArnLike } })),
  };
}

/** A rule's targets, with what doctor reads of them. */
function ownTargets({ Targets = [] }: Record<string, unknown>): object {
  const all = Targets as Partial<Record<"Arn" | "DeadLetterConfig", unknown>>[];
  return { Targets: all.map(({ Arn, DeadLetterConfig }, index) => ({ Id: `target-${index + 1}`, Arn, DeadLetterConfig })) };
}

const SLACK: Readonly<Record<string, string>> = {
  url: "https://example.slack.com/",
  team: "Example",
  user: "bluegreen_guard",
  channel: "C0123456789",
  team_id: "T0123456789",
  user_id: "U0123456789",
  bot_id: "B0123456789",
  enterprise_id: "E0123456789",
};

function standInsFor(answer: Record<string, unknown>): object {
  const known = Object.entries(SLACK).filter(([name]) => typeof answer[name] === "string");
  const users = Array.isArray(answer["users"]) ? { users: answer["users"].map(() => "U0123456789") } : {};
  const message = "message" in answer ? { message: {} } : {};
  return { ...Object.fromEntries(known), ...users, ...message };
}
