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
  "iam GetRolePolicy": (body) => body.replace(/(?<=<PolicyDocument>)[^<]*/, decodeURIComponent),
  lambda: (body) => json(body, withoutIds),
  sns: (body) => body.replaceAll(/<(Endpoint|Owner)>[^<]*</g, "<$1>removed<"),
  rds: (body) => without(["TagList", "MasterUsername", "MasterUserSecret"], body),
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

/** Variables of functions that name people, channels and the secret. */
const ID_VARIABLES = ["SLACK_CHANNEL", "SLACK_OPERATORS", "SLACK_COMMAND_CHANNELS"] as const;

interface Configuration {
  Environment?: { Variables?: Record<string, string> };
}

/** The ids of Slack in a function's environment. */
export function slackIdsIn({ service, body }: Exchange): string[] {
  if (service !== "lambda" || !body.includes("SLACK_CHANNEL")) return [];
  const { Environment } = JSON.parse(body) as Configuration;
  return ID_VARIABLES.flatMap((name) => (Environment?.Variables?.[name] ?? "").split(",")).filter((id) => id !== "");
}

/** A function's configuration without what it says beside the settings. */
function withoutIds({ Environment, ...answer }: Record<string, unknown> & Configuration): object {
  if (!Environment?.Variables) return { ...answer, ...(Environment && { Environment }) };
  return { ...answer, Environment: { Variables: { ...Environment.Variables, SLACK_SECRET: "bluegreen-guard/slack" } } };
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
