import { ACCOUNT, queueArn, queueUrl, REGION } from "../../local/queue/names.ts";
import { NAME } from "../names.ts";
import { arnOf } from "../secrets.ts";
import { type References, resolved, type Template } from "./template.ts";

/** A resource of the lab's stack, with every reference carried out. */
export interface StackResource {
  logicalId: string;
  physicalId: string;
  type: string;
  properties: Record<string, unknown>;
}

/** A stack that is deployed in the lab: what its services say of it follows from its template, which tests may change at any time. */
export interface LabStack {
  readonly name: string;
  /** CloudFormation's word for it. */
  status: string;
  readonly template: Template;
  /** The resources of a type, as they are deployed. */
  resources(type: string): StackResource[];
  all(): StackResource[];
  outputs(): Record<string, string>;
  /** What a reference leads to, such as a resource's ARN. */
  readonly references: References;
}

/** Deploys a template in the lab under the stack's name; `urls` says where it has its services and the entrance for Slack. */
export function deployStack(name: string, template: Template, urls: { lab(): string; entrance(): string | undefined }): LabStack {
  const resourceOf = (logicalId: string) => {
    const found = template.Resources[logicalId];
    if (!found) throw new Error(`The lab's stack has no resource "${logicalId}".`);
    return found;
  };
  const references: References = {
    ref: (it) => PSEUDO[it] ?? physicalIdOf(it, resourceOf(it).Type, resourceOf(it).Properties ?? {}, references, urls),
    attribute(it, attribute) {
      const { Type, Properties = {} } = resourceOf(it);
      return attributeOf(Type, attribute, references.ref(it), Properties, references, urls);
    },
  };
  const all = (): StackResource[] =>
    Object.entries(template.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
      logicalId,
      physicalId: references.ref(logicalId),
      type: Type,
      properties: resolved(Properties, references) as Record<string, unknown>,
    }));
  return {
    name,
    status: "CREATE_COMPLETE",
    template,
    all,
    resources: (type) => all().filter((it) => it.type === type),
    outputs: () =>
      Object.fromEntries(Object.entries(template.Outputs ?? {}).map(([key, { Value }]) => [key, String(resolved(Value, references))])),
    references,
  };
}

const PSEUDO: Readonly<Record<string, string>> = {
  "AWS::Region": REGION,
  "AWS::AccountId": ACCOUNT,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
};

type Urls = Parameters<typeof deployStack>[2];

/** Names in the lab that others than the stack know, by how a resource's logical id ends before its hash. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/EventsQueue$/, `${NAME}-events`],
  [/EventsDeadLetters$/, `${NAME}-events-dead-letters`],
  // As the lab's own executions name them.
  [/RecreateFunction$/, "recreate"],
  [/SwitchoverFunction$/, "switchover"],
];

function physicalIdOf(logicalId: string, type: string, properties: Record<string, unknown>, by: References, urls: Urls): string {
  const plain = logicalId.replace(/[0-9A-F]{8}$/, "");
  const name = NAMED.find(([ending]) => ending.test(plain))?.[1] ?? shortName(plain);
  const functionArn = () => lambdaArn(String(resolved(properties["FunctionName"], by)));
  switch (type) {
    case "AWS::DynamoDB::Table":
    case "AWS::Events::EventBus":
      return NAME;
    case "AWS::SQS::Queue":
      return queueUrl(urls.lab(), name);
    case "AWS::SNS::Topic":
      return `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;
    case "AWS::SecretsManager::Secret":
      return arnOf(`${NAME}/slack`);
    case "AWS::Lambda::Version":
      return `${functionArn()}:1`;
    case "AWS::Lambda::Alias":
      return `${functionArn()}:${properties["Name"]}`;
    default:
      return name;
  }
}

/** GuardWatchFunction becomes bluegreen-guard-watch. */
function shortName(plain: string): string {
  const words = plain
    .replace(/^Guard/, "")
    .replace(/^(Operations|Commands)(?=\w)/, "")
    .replace(/Function$/, "");
  return `${NAME}${words.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const lambdaArn = (nameOrArn: string): string =>
  nameOrArn.startsWith("arn:") ? nameOrArn : `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${nameOrArn}`;

function attributeOf(
  type: string,
  attribute: string,
  physicalId: string,
  properties: Record<string, unknown>,
  by: References,
  urls: Urls,
): string {
  const own = `${type}.${attribute}`;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  switch (own) {
    case "AWS::Lambda::Function.Arn":
      return lambdaArn(physicalId);
    case "AWS::Lambda::Version.Version":
      return "1";
    case "AWS::Lambda::Url.FunctionUrl":
      return urls.entrance() ?? "";
    case "AWS::SQS::Queue.Arn":
      return queueArn(queueNameIn(physicalId));
    case "AWS::SQS::Queue.QueueName":
      return queueNameIn(physicalId);
    case "AWS::DynamoDB::Table.Arn":
      return arn("dynamodb", `table/${physicalId}`);
    case "AWS::Events::EventBus.Arn":
      return arn("events", `event-bus/${physicalId}`);
    case "AWS::Events::Rule.Arn": {
      const bus = resolved(properties["EventBusName"], by);
      return arn("events", bus === undefined ? `rule/${physicalId}` : `rule/${bus}/${physicalId}`);
    }
    case "AWS::IAM::Role.Arn":
      return `arn:aws:iam::${ACCOUNT}:role/${physicalId}`;
    case "AWS::Logs::LogGroup.Arn":
      return arn("logs", `log-group:${physicalId}:*`);
    case "AWS::CloudWatch::CompositeAlarm.Arn":
    case "AWS::CloudWatch::Alarm.Arn":
      return arn("cloudwatch", `alarm:${physicalId}`);
    default:
      throw new Error(`The lab's stack does not know the attribute ${own}.`);
  }
}

const queueNameIn = (url: string): string => url.split("/").at(-1) ?? "";
