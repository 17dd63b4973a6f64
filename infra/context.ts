import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { type OnDegraded, RANGES, type Watch } from "../src/settings/settings.ts";
import { type BlueGreenGuardProps, PropsError } from "./props.ts";

/**
 * Reads the props from the CDK's context (`-c key=value`, or "context" in cdk.json), whose keys are called as the props are.
 *
 * Secret and topic are given by ARN, the secret also by name; log retention in days; lists with commas between. What the construct checks is not checked here.
 * @throws PropsError where the channel is missing, or a value names nothing.
 */
export function propsFromContext(scope: Construct): BlueGreenGuardProps {
  const text = (key: string): string | undefined => {
    const value: unknown = scope.node.tryGetContext(key);
    return value === undefined || value === null || value === "" ? undefined : String(value);
  };
  const optional = <T>(key: string, read: (value: string) => T): T | undefined => {
    const value = text(key);
    return value === undefined ? undefined : read(value);
  };
  const slackChannel = text("slackChannel");
  if (slackChannel === undefined) throw new PropsError("slackChannel is missing. Give the channel's id: -c slackChannel=C0123456789");
  return {
    slackChannel,
    slackSecret: optional("slackSecret", (value) => secretOf(scope, value)),
    watch: optional("watch", (value) => value as Watch),
    stuckAfterHours: optional("stuckAfterHours", (value) => numberOf("stuckAfterHours", "hours", value)),
    onDegraded: optional("onDegraded", (value) => value as OnDegraded),
    settleMinutes: optional("settleMinutes", (value) => numberOf("settleMinutes", "minutes", value)),
    maxRecreatesPerDay: optional("maxRecreatesPerDay", (value) => numberOf("maxRecreatesPerDay", "recreations", value)),
    tagMayRaise: optional("tagMayRaise", (value) => truthOf("tagMayRaise", value)),
    operations: optional("operations", (value) => truthOf("operations", value)),
    commands: optional("commands", (value) => truthOf("commands", value)),
    operators: optional("operators", listOf),
    approvals: optional("approvals", (value) => Number(value) as 0 | 1),
    commandChannels: optional("commandChannels", listOf),
    slackConcurrency: optional("slackConcurrency", Number),
    monitoringRoleArns: optional("monitoringRoleArns", listOf),
    greenNames: optional("greenNames", listOf),
    alarmTopic: optional("alarmTopic", (value) => topicOf(scope, value)),
    alarmEmail: text("alarmEmail"),
    logRetention: optional("logRetention", retentionOf),
  };
}

function secretOf(scope: Construct, value: string): ISecret {
  if (!value.startsWith("arn:")) return Secret.fromSecretNameV2(scope, "SlackSecret", value);
  return Secret.fromSecretCompleteArn(scope, "SlackSecret", value);
}

function topicOf(scope: Construct, value: string): ITopic {
  if (/^arn:[^:]+:sns:/.test(value)) return Topic.fromTopicArn(scope, "AlarmTopic", value);
  throw new PropsError(`alarmTopic takes the ARN of an SNS topic; received "${value}".`);
}

function numberOf(key: keyof typeof RANGES, unit: string, value: string): number {
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  const [least, most] = RANGES[key];
  throw new PropsError(`${key} takes a number of ${unit}, ${least} to ${most}; received "${value}".`);
}

function truthOf(key: string, value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new PropsError(`${key} takes true or false; received "${value}".`);
}

const listOf = (value: string): string[] => value.split(",").map((it) => it.trim());

function retentionOf(value: string): RetentionDays {
  const days = Object.values(RetentionDays).filter((it) => typeof it === "number");
  const found = days.find((it) => String(it) === value);
  if (found !== undefined) return found;
  throw new PropsError(`logRetention takes a number of days that CloudWatch Logs has (${days.join(", ")}); received "${value}".`);
}
