import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { readSettingsFile, SETTINGS_FILE, SettingsFileError } from "../src/settings/file.ts";
import { type Given, givenAsText, problemOf, SETTING_NAMES, type SettingName, unstated } from "../src/settings/given.ts";
import { type BlueGreenGuardProps, PropsError } from "./props.ts";

const CONTEXT = 'The context of the CDK (-c key=value, or "context" in cdk.json) is refused:';
const HOW = `State it in ${SETTINGS_FILE}, which "npx bluegreen-guard init" writes, or as -c key=value in every command.`;

/**
 * Reads the props from the settings file in `folder` and from the CDK's context (`-c key=value`), whose keys are the names of the props; the
 * context wins. It takes lists separated by commas. The CDK's command runs an app in the folder of its cdk.json, which is the default.
 *
 * @throws PropsError that names all that is refused, or all that is not stated.
 */
export function propsFromSettings(scope: Construct, folder: string = process.cwd()): BlueGreenGuardProps {
  const given = { ...inFile(folder), ...inContext(scope) };
  const missing = unstated(given);
  if (missing.length > 0) throw new PropsError(`${missing.join(" ")} ${HOW}`);
  const { slackSecret, webhookSecret, alarmTopic, alarmEmail, operators, ...others } = given;
  return {
    ...others,
    // Stated, as `unstated` has found.
    slackChannel: given.slackChannel ?? "",
    operators: operators === "none" ? [] : operators,
    slackSecret: slackSecret === undefined || slackSecret === "create" ? undefined : secretOf(scope, "SlackSecret", slackSecret),
    webhookSecret: webhookSecret === undefined ? undefined : secretOf(scope, "WebhookSecret", webhookSecret),
    alarmTopic: alarmTopic === undefined || alarmTopic === "none" ? undefined : topicOf(scope, alarmTopic),
    alarmEmail: alarmEmail === "none" ? undefined : alarmEmail,
  };
}

function inFile(folder: string): Given {
  try {
    return readSettingsFile(folder)?.given ?? {};
  } catch (error) {
    if (error instanceof SettingsFileError) throw new PropsError(error.message);
    throw error;
  }
}

function inContext(scope: Construct): Given {
  const given = SETTING_NAMES.map((name): [SettingName, unknown] => [name, inContextOf(scope, name)]).filter(([, it]) => it !== undefined);
  const problems = given.map(([name, value]) => problemOf(name, value)).filter((it) => it !== undefined);
  if (problems.length > 0) throw new PropsError(`${CONTEXT} ${problems.join(" ")}`);
  return Object.fromEntries(given);
}

function inContextOf(scope: Construct, name: SettingName): unknown {
  const value: unknown = scope.node.tryGetContext(name);
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? givenAsText(name, value) : value;
}

function secretOf(scope: Construct, id: string, value: string): ISecret {
  if (!value.startsWith("arn:")) return Secret.fromSecretNameV2(scope, id, value);
  return /-[a-zA-Z0-9]{6}$/.test(value) ? Secret.fromSecretCompleteArn(scope, id, value) : Secret.fromSecretPartialArn(scope, id, value);
}

const topicOf = (scope: Construct, arn: string): ITopic => Topic.fromTopicArn(scope, "AlarmTopic", arn);
