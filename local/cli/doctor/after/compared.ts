import { GetRolePolicyCommand, paginateListRolePolicies } from "@aws-sdk/client-iam";
import { GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { createAwsJson } from "../../../../src/clients/aws-call.ts";
import { SETTINGS, type SettingName } from "../../../../src/settings/given.ts";
import { write } from "../../../../src/settings/kinds.ts";
import type { Setting } from "../../../../src/settings/setting.ts";
import { physicalIds } from "../stack.ts";
import type { Visit } from "../visit.ts";
import { alarmsOf } from "./stores.ts";

/** What a setting is in the settings file and in the deployed guard, as text; nothing is the empty text. */
export interface Compared {
  stated: string;
  deployed: string;
}

/** Reads both; undefined where the guard was deployed without what the setting is of. @throws what AWS's clients throw */
type Comparison = (visit: Visit) => Promise<Compared | undefined>;

const ENTRIES: Readonly<Record<SettingName, Setting>> = SETTINGS;
/** The CDK's number for logs that are kept for ever, of which CloudWatch Logs says no number. */
const FOR_EVER = 9_999;

/** How each setting is compared: by the watch function's variables or, if no function reads it, by what AWS says of the part it changes. */
export const COMPARISONS: Readonly<Record<SettingName, Comparison>> = {
  slackChannel: byVariable("slackChannel"),
  channels: byVariable("channels"),
  slackSecret,
  slackApiUrl: byVariable("slackApiUrl"),
  accountName: byVariable("accountName"),
  watch: byVariable("watch"),
  stuckAfterHours: byVariable("stuckAfterHours"),
  onDegraded: byVariable("onDegraded"),
  settleMinutes: byVariable("settleMinutes"),
  maxRecreatesPerDay: byVariable("maxRecreatesPerDay"),
  tagMayRaise: byVariable("tagMayRaise"),
  operations: byVariable("operations"),
  commands: byVariable("commands"),
  operators: byVariable("operators"),
  approvals: byVariable("approvals"),
  commandChannels: byVariable("commandChannels"),
  tracing: async (visit) => ({ stated: textOf("tracing", visit), deployed: String(visit.stack?.watch.TracingConfig?.Mode === "Active") }),
  slackConcurrency,
  monitoringRoleArns,
  greenNames,
  alarmTopic,
  alarmEmail,
  logRetention,
};

/** What the file states, or the setting's default. */
function textOf(name: SettingName, { given }: Visit): string {
  const value: unknown = given[name] ?? ENTRIES[name].default ?? "";
  return value === "none" ? "" : write(value);
}

function byVariable(name: SettingName): Comparison {
  return async (visit) => ({ stated: textOf(name, visit), deployed: visit.stack?.variables[ENTRIES[name].variable ?? ""] ?? "" });
}

/** Functions are given the name or the ARN, which ends in six characters more. */
async function slackSecret({ given, stack }: Visit): Promise<Compared> {
  const { slackSecret: stated = "create" } = given;
  const deployed = stack?.variables["SLACK_SECRET"] ?? "";
  const isSame = stated === "create" ? deployed !== "" : deployed === stated || deployed.includes(`:secret:${stated}`);
  return { stated: isSame ? deployed : stated, deployed };
}

async function slackConcurrency(visit: Visit): Promise<Compared | undefined> {
  const { Slack: FunctionName } = visit.stack?.outputs ?? {};
  if (FunctionName === undefined) return undefined;
  const { ReservedConcurrentExecutions = "" } = await visit.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  return { stated: textOf("slackConcurrency", visit), deployed: String(ReservedConcurrentExecutions) };
}

async function monitoringRoleArns(visit: Visit): Promise<Compared | undefined> {
  const { given, partition, account } = visit;
  const deployed = await resourcesOf("PassMonitoringRoles", visit);
  const { monitoringRoleArns: stated = [`arn:${partition}:iam::${account}:role/rds-monitoring-role`] } = given;
  return deployed && { stated: sorted(stated), deployed: sorted(deployed) };
}

async function greenNames(visit: Visit): Promise<Compared | undefined> {
  const deployed = await resourcesOf("ChangeGreenInstances", visit);
  const stated = textOf("greenNames", visit).split(",");
  return deployed && { stated: sorted(stated), deployed: sorted(deployed.map((arn) => arn.split(":").slice(6).join(":"))) };
}

const sorted = (all: readonly string[]): string => write([...all].sort());

interface Policy {
  Statement: { Sid?: string; Resource: string | string[] }[];
}

/** The resources of a statement of the recreate function's role; undefined if the guard has no such function. */
async function resourcesOf(sid: string, { iam, lambda, stack }: Visit): Promise<string[] | undefined> {
  const { Recreate: FunctionName } = stack?.outputs ?? {};
  if (FunctionName === undefined) return undefined;
  const { Role = "" } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const RoleName = Role.split("/").at(-1);
  const found: string[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      // Source: IAM API reference, GetRolePolicy: URL-encoded.
      const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as Policy;
      found.push(...Statement.filter(({ Sid }) => Sid === sid).flatMap(({ Resource }) => Resource));
    }
  }
  return found;
}

const topicsOf = async (visit: Visit): Promise<string[]> => [
  ...new Set((await alarmsOf(visit)).flatMap(({ AlarmActions = [] }) => AlarmActions)),
];

/** The topic that the file names; one that the stack made for the address is not meant. */
async function alarmTopic(visit: Visit): Promise<Compared> {
  const own = visit.stack ? physicalIds(visit.stack, "AWS::SNS::Topic") : [];
  const others = (await topicsOf(visit)).filter((topic) => !own.includes(topic));
  return { stated: textOf("alarmTopic", visit), deployed: sorted(others) };
}

/** The address among those that get mails; where the file names none, those of the topic that the stack made. */
async function alarmEmail(visit: Visit): Promise<Compared> {
  const stated = textOf("alarmEmail", visit);
  const own = visit.stack ? physicalIds(visit.stack, "AWS::SNS::Topic") : [];
  const topics = (await topicsOf(visit)).filter((topic) => stated !== "" || own.includes(topic));
  const emails: string[] = [];
  for (const TopicArn of topics) {
    const { Subscriptions = [] } = await visit.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    emails.push(...Subscriptions.filter(({ Protocol }) => Protocol === "email").flatMap(({ Endpoint }) => Endpoint ?? []));
  }
  return { stated, deployed: emails.includes(stated) ? stated : sorted(emails) };
}

const LOGS = { name: "logs", id: "CloudWatch Logs", target: "Logs_20140328", version: "1.1" } as const;

async function logRetention(visit: Visit): Promise<Compared> {
  const logGroupNamePrefix = visit.stack?.watch.LoggingConfig?.LogGroup;
  const { logGroups = [] } = await createAwsJson(LOGS, { ...visit.light, maxAttempts: 3 })<{
    logGroups?: { logGroupName: string; retentionInDays?: number }[];
  }>("DescribeLogGroups", { logGroupNamePrefix });
  const group = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
  return { stated: textOf("logRetention", visit), deployed: group ? String(group.retentionInDays ?? FOR_EVER) : "" };
}
