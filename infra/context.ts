import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { parse, type ReferenceKind } from "../src/settings/kinds.ts";
import { checkProp, PROPS } from "./check-props.ts";
import { type BlueGreenGuardProps, PropsError } from "./props.ts";

/**
 * Reads the props from the CDK context (`-c key=value`, or "context" in cdk.json), whose keys are the names of the props.
 *
 * The context takes the secret's ARN or name, the topic's ARN, log retention in days, and lists separated by commas.
 * @throws PropsError if the channel is missing or a value is not allowed.
 */
export function propsFromContext(scope: Construct): BlueGreenGuardProps {
  const names = Object.keys(PROPS) as (keyof typeof PROPS)[];
  const given = new Map(names.map((name) => [name, textOf(scope, name)]));
  if (given.get("slackChannel") === undefined) {
    throw new PropsError("slackChannel is missing. Give the channel's id: -c slackChannel=C0123456789");
  }
  const props = names.map((name) => [name, readProp(scope, name, given.get(name))]);
  return Object.fromEntries(props);
}

function textOf(scope: Construct, key: string): string | undefined {
  const value: unknown = scope.node.tryGetContext(key);
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

function readProp(scope: Construct, name: keyof typeof PROPS, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const { kind } = PROPS[name];
  if (kind.is in REFERENCES) return REFERENCES[kind.is as ReferenceKind["is"]](scope, text);
  const value = parse(kind, text);
  checkProp(name, value);
  return value;
}

const REFERENCES: Record<ReferenceKind["is"], (scope: Construct, text: string) => unknown> = {
  secret: secretOf,
  topic: topicOf,
  retention: (_, text) => retentionOf(text),
};

function secretOf(scope: Construct, value: string): ISecret {
  if (!value.startsWith("arn:")) return Secret.fromSecretNameV2(scope, "SlackSecret", value);
  return Secret.fromSecretCompleteArn(scope, "SlackSecret", value);
}

function topicOf(scope: Construct, value: string): ITopic {
  if (/^arn:[^:]+:sns:/.test(value)) return Topic.fromTopicArn(scope, "AlarmTopic", value);
  throw new PropsError(`alarmTopic takes the ARN of an SNS topic; received "${value}".`);
}

function retentionOf(value: string): RetentionDays {
  const days = Object.values(RetentionDays).filter((it) => typeof it === "number");
  const found = days.find((it) => String(it) === value);
  if (found !== undefined) return found;
  throw new PropsError(`logRetention takes a number of days that CloudWatch Logs has (${days.join(", ")}); received "${value}".`);
}
