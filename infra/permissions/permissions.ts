import { ArnFormat, Stack } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IEventBus } from "aws-cdk-lib/aws-events";
import { PolicyStatement, type PolicyStatementProps } from "aws-cdk-lib/aws-iam";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { OPEN_INDEX } from "../../src/clients/names.ts";
import type { EventQueue } from "../queues.ts";

/** The stack's resources that the functions use. */
export interface Resources {
  table: ITable;
  events: EventQueue;
  bus: IEventBus;
  slackSecret: ISecret;
}

/** Creates a policy statement that allows the actions on the resources. */
export function allow(
  sid: string,
  actions: string[],
  resources: string[],
  conditions?: PolicyStatementProps["conditions"],
): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources, conditions });
}

/** The RDS resource types that the guard reads. Source: Service Authorization Reference, "Resource types defined by Amazon RDS". */
export const READ_KINDS = ["deployment", "cluster", "cluster-endpoint", "db"] as const;

/** Permissions of every function but the entrance; docs/permissions.md explains each action. */
export function commonPermissions(scope: Construct, { table, bus, slackSecret }: Resources, logs: ILogGroup): PolicyStatement[] {
  const { tableArn } = table;
  return [
    ...entrancePermissions({ slackSecret }, logs),
    readDeployments(scope),
    allow("KeepRecords", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], [tableArn]),
    allow("FindOpenRecords", ["dynamodb:Query"], [`${tableArn}/index/${OPEN_INDEX}`]),
    allow("PublishFacts", ["events:PutEvents"], [bus.eventBusArn]),
  ];
}

/** The permission to describe deployments and all that can be a member of one. */
export function readDeployments(scope: Construct): PolicyStatement {
  const actions = [
    "rds:DescribeBlueGreenDeployments",
    "rds:DescribeDBClusters",
    "rds:DescribeDBInstances",
    "rds:DescribeDBClusterEndpoints",
  ];
  return allow(
    "ReadDeployments",
    actions,
    READ_KINDS.map((kind) => rdsArn(scope, kind)),
  );
}

/** Permissions of every function, including the entrance, which only checks what comes from outside and hands it on. */
export function entrancePermissions({ slackSecret }: Pick<Resources, "slackSecret">, logs: ILogGroup): PolicyStatement[] {
  return [writeLogs(logs), readSecret("ReadSlackSecret", slackSecret)];
}

/** The permission to write to a log group. */
export const writeLogs = (logs: ILogGroup): PolicyStatement =>
  allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logs.logGroupArn]);

/** The permission to read a secret. */
export function readSecret(sid: string, secret: ISecret): PolicyStatement {
  // The ARN of a secret that was imported by name ends in six characters that only Secrets Manager knows.
  return allow(sid, ["secretsmanager:GetSecretValue"], [secret.secretFullArn ?? `${secret.secretArn}-??????`]);
}

/** The permission to take messages from a queue, as Lambda does for a function, and to put them off. */
export function takeFrom(sid: string, { queueArn }: EventQueue["queue"]): PolicyStatement {
  return allow(sid, ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"], [queueArn]);
}

/** Further permissions of the watch function. */
export function watchPermissions({ events: { queue, deadLetters } }: Resources): PolicyStatement[] {
  return [
    takeFrom("TakeEvents", queue),
    wakeWatch(queue),
    allow("SetUnreadableAside", ["sqs:SendMessage"], [deadLetters.queueArn]),
    readLag(),
  ];
}

/** The permission to have the watch function run later, for what the channel does not take now. */
function wakeWatch(queue: EventQueue["queue"]): PolicyStatement {
  return allow("WakeWatch", ["sqs:SendMessage"], [queue.queueArn]);
}

/** Further permissions of the sweep function. DescribeEvents takes no narrower resource. */
export function sweepPermissions({ events: { queue } }: Resources): PolicyStatement[] {
  return [allow("ReadEvents", ["rds:DescribeEvents"], ["*"]), wakeWatch(queue), readLag()];
}

/** The permission to read how far green lags. GetMetricData takes no narrower resource. Source: Service Authorization Reference, CloudWatch. */
export function readLag(): PolicyStatement {
  return allow("ReadLag", ["cloudwatch:GetMetricData"], ["*"]);
}

/** ARN of RDS resources of one type in the stack's account and region: all of them, or those whose names match the pattern. */
export function rdsArn(scope: Construct, resource: string, resourceName = "*"): string {
  return Stack.of(scope).formatArn({ service: "rds", resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** The id of cdk-nag's finding on that ARN. */
export function rdsFinding(kind: string, name = "*"): string {
  return `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:${kind}:${name}]`;
}
