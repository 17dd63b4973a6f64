import * as cloudformation from "@aws-sdk/client-cloudformation";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import * as rds from "@aws-sdk/client-rds";
import * as scheduler from "@aws-sdk/client-scheduler";
import * as secretsmanager from "@aws-sdk/client-secrets-manager";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef } from "@smithy/types";

/** The services whose schemas come with the SDK's clients, by their names in the AWS CLI. */
export const CLIENTS: Record<string, object> = { cloudformation, cloudwatch, dynamodb, lambda, rds, scheduler, secretsmanager, sns, sqs };

/** What an option of a command takes. */
export interface Takes {
  /** The member of the input that it sets; absent for an option that only the CLI knows. */
  member?: string;
  /** Absent if any one value will do. */
  schema?: NormalizedSchema;
}

/** A command of the AWS CLI. */
export interface Command {
  /** The API's operation; absent for one that is the CLI's own. */
  operation?: string;
  options: Map<string, Takes>;
  required: string[];
  /** How many words stand for themselves. */
  positional: number;
  /** What `--query` looks at. */
  output?: NormalizedSchema;
}

/**
 * Commands that are the CLI's own, or whose services have no client among the dependencies: their options, `!` if required.
 *
 * Source: aws-cli, awscli/customizations/logs/tail.py; botocore's models of CloudWatch Logs (DeleteLogGroup) and CloudTrail (LookupEvents).
 */
const OWN: Record<string, { options: string[]; positional?: number }> = {
  "logs tail": {
    options: ["since", "follow", "format", "filter-pattern", "log-stream-names", "log-stream-name-prefix"],
    positional: 1,
  },
  "logs delete-log-group": { options: ["log-group-name!"] },
  "cloudtrail lookup-events": {
    options: ["lookup-attributes", "start-time", "end-time", "event-category", "max-results", "next-token", "max-items"],
  },
};

/** Waiters, each with the operation whose options it takes. */
const WAITS: Record<string, string> = { "db-instance-available": "describe-db-instances" };

/** All services of which something is known. */
export const SERVICES = [...Object.keys(CLIENTS), "logs", "cloudtrail"];

/**
 * What the AWS CLI calls an operation or a member: `DescribeDBInstances` is `describe-db-instances`.
 *
 * Source: botocore, xform_name in botocore/__init__.py; without its table of exceptions, which names none of what is used here.
 */
export function cliName(name: string): string {
  return name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replaceAll(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** The command with these words; undefined if there is none. `words` counts those that name it. */
export function commandNamed([service = "", name = "", third = ""]: readonly string[]): (Command & { words: number }) | undefined {
  if (service === "rds" && name === "wait") {
    const waits = WAITS[third];
    const isThere = Object.keys(rds).some((it) => it.startsWith("waitUntil") && cliName(it.slice("waitUntil".length)) === third);
    const found = waits === undefined || !isThere ? undefined : commandNamed([service, waits]);
    return found && { ...found, operation: undefined, words: 3 };
  }
  const own = OWN[`${service} ${name}`];
  if (own) {
    const names = own.options.map((it) => it.replace("!", ""));
    const required = own.options.filter((it) => it.endsWith("!")).map((it) => it.replace("!", ""));
    return { options: new Map(names.map((it) => [it, {}])), required, positional: own.positional ?? 0, words: 2 };
  }
  const found = Object.values(CLIENTS[service] ?? {}).find((it) => isOperation(it) && cliName(it[2]) === name) as Operation | undefined;
  return found && { ...ofOperation(found), words: 2 };
}

/** What the SDK generates of an operation: its name, its input and its output. */
type Operation = [kind: 9, namespace: string, name: string, traits: unknown, input: $SchemaRef, output: $SchemaRef];

const isOperation = (it: unknown): it is Operation => Array.isArray(it) && it[0] === 9;

function ofOperation([, , operation, , given, answered]: Operation): Command {
  const input = NormalizedSchema.of(given);
  const output = NormalizedSchema.of(answered);
  const members = input.isStructSchema() ? [...input.structIterator()] : [];
  // The members that are required come first, and this is how many they are.
  const [, , , , names = [], , count = 0] = input.getSchema() as unknown as [
    unknown,
    unknown,
    unknown,
    unknown,
    string[],
    unknown,
    number?,
  ];
  const isStream = (member: NormalizedSchema) => member.isBlobSchema() && member.getMergedTraits().httpPayload === 1;
  return {
    operation,
    options: new Map(members.map(([member, schema]) => [cliName(member), { member, schema }])),
    required: names.slice(0, count).map(cliName),
    positional: output.isStructSchema() && [...output.structIterator()].some(([, member]) => isStream(member)) ? 1 : 0,
    output,
  };
}
