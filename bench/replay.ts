import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput } from "@aws-sdk/client-eventbridge";
import {
  DescribeBlueGreenDeploymentsCommand,
  type DescribeBlueGreenDeploymentsRequest,
  DescribeDBClusterParameterGroupsCommand,
  type DescribeDBClusterParameterGroupsMessage,
  DescribeDBClusterParametersCommand,
  type DescribeDBClusterParametersMessage,
  DescribeDBClustersCommand,
  type DescribeDBClustersMessage,
  DescribeDBEngineVersionsCommand,
  type DescribeDBEngineVersionsMessage,
  DescribeDBInstancesCommand,
  type DescribeDBInstancesMessage,
  DescribeDBParameterGroupsCommand,
  type DescribeDBParameterGroupsMessage,
  DescribeEventsCommand,
  type DescribeEventsMessage,
  RDSClient,
} from "@aws-sdk/client-rds";
import { GetSecretValueCommand, type GetSecretValueCommandInput, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  ChangeMessageVisibilityCommand,
  type ChangeMessageVisibilityCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { WebClient } from "@slack/web-api";
import { ACTIONS } from "../lab/rds/actions.ts";
import { readQuery } from "../lab/rds/query.ts";
import { awsAt, TABLES, TOKEN } from "./playground.ts";
import { kindOf, type WireCall } from "./wire.ts";

/** Makes a call that was made before once more; its input is read beforehand. */
export type Again = () => Promise<unknown>;

/** How a call comes to be made again through the SDK's own clients and Slack's, all with their defaults. DynamoDB's go to the table named. */
export function replayer(url: string, table = TABLES.floor): (call: WireCall) => Again {
  const operations = operationsAt(url);
  return (call) => {
    const operation = operations[kindOf(call)];
    if (!operation) throw new Error(`The bench cannot make the call "${kindOf(call)}" again: give it a line in bench/replay.ts.`);
    const input = inputOf(call, table) as never;
    return () => operation(input).catch(unlessUnchanged);
  };
}

/** Made again, a condition may not hold any more: DynamoDB had as much to do, and so had the client. */
function unlessUnchanged(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

function operationsAt(url: string): Record<string, (input: never) => Promise<unknown>> {
  const aws = awsAt(url);
  const dynamodb = new DynamoDBClient(aws);
  const rds = new RDSClient(aws);
  const sqs = new SQSClient(aws);
  const events = new EventBridgeClient(aws);
  const secrets = new SecretsManagerClient(aws);
  const web = new WebClient(TOKEN, { slackApiUrl: `${url}/slack/api/` });
  return {
    "dynamodb GetItem": (it: GetItemCommandInput) => dynamodb.send(new GetItemCommand(it)),
    "dynamodb PutItem": (it: PutItemCommandInput) => dynamodb.send(new PutItemCommand(it)),
    "dynamodb Query": (it: QueryCommandInput) => dynamodb.send(new QueryCommand(it)),
    "dynamodb UpdateItem": (it: UpdateItemCommandInput) => dynamodb.send(new UpdateItemCommand(it)),
    "events PutEvents": (it: PutEventsCommandInput) => events.send(new PutEventsCommand(it)),
    "rds DescribeBlueGreenDeployments": (it: DescribeBlueGreenDeploymentsRequest) => rds.send(new DescribeBlueGreenDeploymentsCommand(it)),
    "rds DescribeDBClusters": (it: DescribeDBClustersMessage) => rds.send(new DescribeDBClustersCommand(it)),
    "rds DescribeDBClusterParameterGroups": (it: DescribeDBClusterParameterGroupsMessage) =>
      rds.send(new DescribeDBClusterParameterGroupsCommand(it)),
    "rds DescribeDBClusterParameters": (it: DescribeDBClusterParametersMessage) => rds.send(new DescribeDBClusterParametersCommand(it)),
    "rds DescribeDBEngineVersions": (it: DescribeDBEngineVersionsMessage) => rds.send(new DescribeDBEngineVersionsCommand(it)),
    "rds DescribeDBParameterGroups": (it: DescribeDBParameterGroupsMessage) => rds.send(new DescribeDBParameterGroupsCommand(it)),
    "rds DescribeEvents": (it: DescribeEventsMessage) => rds.send(new DescribeEventsCommand(it)),
    "rds DescribeDBInstances": (it: DescribeDBInstancesMessage) => rds.send(new DescribeDBInstancesCommand(it)),
    "secretsmanager GetSecretValue": (it: GetSecretValueCommandInput) => secrets.send(new GetSecretValueCommand(it)),
    "slack chat.postMessage": (it: Record<string, unknown>) => web.apiCall("chat.postMessage", it),
    "slack chat.update": (it: Record<string, unknown>) => web.apiCall("chat.update", it),
    "sqs SendMessage": (it: SendMessageCommandInput) => sqs.send(new SendMessageCommand(it)),
    "sqs ChangeMessageVisibility": (it: ChangeMessageVisibilityCommandInput) => sqs.send(new ChangeMessageVisibilityCommand(it)),
  };
}

function inputOf({ service, action, body }: WireCall, table: string): unknown {
  if (service === "sqs" || service === "secretsmanager") return JSON.parse(body);
  if (service === "dynamodb") return { ...(JSON.parse(body) as object), TableName: table };
  if (service === "events") return { Entries: entriesOf(JSON.parse(body) as { Entries: { Time: number }[] }) };
  const form = new URLSearchParams(body);
  const schema = ACTIONS.get(action)?.schema[4];
  if (service === "rds" && schema) return readQuery(schema, form);
  // The WebClient writes objects as JSON: it is given them back as objects, so that it has the same to do.
  return Object.fromEntries([...form].map(([name, value]) => [name, name === "blocks" ? JSON.parse(value) : value]));
}

/** The wire has seconds since 1970 where the client takes a Date. */
function entriesOf({ Entries }: { Entries: readonly { Time: number }[] }): object[] {
  return Entries.map((entry) => ({ ...entry, Time: new Date(entry.Time * 1_000) }));
}
