import { listOf, type Statement, type Synthesized, statementsOf } from "./synth.ts";

const REGION = "ap-northeast-1";
const ACCOUNT = "123456789012";
const PSEUDO: Record<string, string> = {
  "AWS::Partition": "aws",
  "AWS::Region": REGION,
  "AWS::AccountId": ACCOUNT,
  "AWS::URLSuffix": "amazonaws.com",
};
const ARNS: Record<string, (id: string) => string> = {
  "AWS::Lambda::Function": (id) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}`,
  "AWS::IAM::Role": (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  "AWS::DynamoDB::Table": (id) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${id}`,
  "AWS::Events::EventBus": (id) => `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${id}`,
  "AWS::SQS::Queue": (id) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${id}`,
  "AWS::Logs::LogGroup": (id) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
};
// Their Ref is the ARN, too. Source: CloudFormation, "Return values" of each type.
const BY_REF: Record<string, (id: string) => string> = {
  "AWS::SecretsManager::Secret": (id) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${id}-aB3dE6`,
};

/** One action that somebody tries on one resource. */
export interface Try {
  action: string;
  /** ARN. */
  resource: string;
  /** Condition keys that the call carries, each with its value or values. */
  context?: Record<string, string | string[]>;
}

/** The ARN of the resource whose logical id begins so, as it will be in ap-northeast-1. @throws Error where none or several begin so */
export function arnOf(guard: Synthesized, type: string, start: string): string {
  const named = ARNS[type] ?? BY_REF[type];
  if (!named) throw new Error(`The tests do not know what the ARN of ${type} looks like.`);
  return named(guard.id(type, start));
}

/** The statements of all policies that are attached to the role, as they will be in ap-northeast-1. */
export function statementsOfRole(guard: Synthesized, start: string): Statement[] {
  const role = guard.id("AWS::IAM::Role", start);
  return Object.values(guard.resources("AWS::IAM::Policy"))
    .filter(({ Properties }) => JSON.stringify(Properties["Roles"]).includes(`"${role}"`))
    .flatMap(({ Properties }) => statementsOf(Properties))
    .map((statement) => deployed(guard, statement));
}

/**
 * What IAM answers by these statements alone: nothing is allowed but what a statement allows, unless one denies it.
 *
 * Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements: Condition operators".
 */
export function isAllowed(statements: readonly Statement[], asked: Try): boolean {
  const fitting = statements.filter((statement) => fits(statement, asked));
  return fitting.some(({ Effect }) => Effect === "Allow") && fitting.every(({ Effect }) => Effect === "Allow");
}

function fits({ Action, Resource, Condition }: Statement, { action, resource, context = {} }: Try): boolean {
  const conditions = Object.entries((Condition ?? {}) as Record<string, Record<string, string | string[]>>);
  return (
    listOf(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(Resource).some((pattern) => like(String(pattern), resource)) &&
    conditions.every(([operator, keys]) => Object.entries(keys).every(([key, values]) => holds(operator, listOf(values), context[key])))
  );
}

function holds(operator: string, patterns: string[], received: string | string[] | undefined): boolean {
  if (operator === "Null") return patterns.includes(String(received === undefined));
  const [all, compare = operator] = operator.startsWith("ForAllValues:") ? operator.split(":") : [undefined, operator];
  if (compare !== "StringEquals" && compare !== "StringLike") throw new Error(`The tests do not know the condition operator ${operator}.`);
  if (received === undefined) return all !== undefined;
  const matches = (value: string) => patterns.some((pattern) => (compare === "StringLike" ? like(pattern, value) : pattern === value));
  return listOf(received).every(matches);
}

/** `*` stands for any characters, colons and slashes among them, `?` for one. */
function like(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

/** The value with what the template refers to put in, as it will be in ap-northeast-1. */
export function deployed<T>(guard: Synthesized, value: T): T {
  return resolved(guard, value) as T;
}

function resolved(guard: Synthesized, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((it) => resolved(guard, it));
  if (typeof value !== "object" || value === null) return value;
  if ("Ref" in value)
    return PSEUDO[String(value.Ref)] ?? BY_REF[typeOf(guard, String(value.Ref))]?.(String(value.Ref)) ?? String(value.Ref);
  if ("Fn::Join" in value) {
    const [between, parts] = value["Fn::Join"] as [string, unknown[]];
    return parts.map((part) => resolved(guard, part)).join(between);
  }
  if ("Fn::GetAtt" in value) {
    const [id = ""] = value["Fn::GetAtt"] as string[];
    return (ARNS[typeOf(guard, id)] ?? ((it: string) => `arn:aws:other:${REGION}:${ACCOUNT}:${it}`))(id);
  }
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, resolved(guard, it)]));
}

const typeOf = (guard: Synthesized, id: string): string => String(guard.template.toJSON()["Resources"][id]?.Type);
