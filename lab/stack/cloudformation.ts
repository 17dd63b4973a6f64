import { randomUUID } from "node:crypto";
import { DescribeStacks$, DescribeType$, ListStackResources$, TypeNotFoundException$ } from "@aws-sdk/client-cloudformation";
import { ServiceError } from "../../local/json-service.ts";
import { ACCOUNT, REGION } from "../../local/queue/names.ts";
import { checkAllowed, type LabAccount } from "../account.ts";
import { fault, RdsError } from "../rds/errors.ts";
import { answerXml, errorXml, type QueryService } from "../rds/xml.ts";
import type { LabStack } from "./stack.ts";

const CLOUDFORMATION: QueryService = {
  namespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
  name: "com.amazonaws.cloudformation",
};
const MADE = new Date("2024-02-01T00:00:00Z");
const PAGE = 100;

const OPERATIONS = {
  DescribeStacks: { output: DescribeStacks$[5], answer: describeStacks },
  ListStackResources: { output: ListStackResources$[5], answer: listResources },
  DescribeType: { output: DescribeType$[5], answer: describeType },
} as const;

/** Plays CloudFormation on the AWS Query protocol, over the account's one stack: the SDK's client works against it unchanged. */
export async function answerCloudFormation(account: LabAccount, request: Request): Promise<Response> {
  const requestId = randomUUID();
  const form = new URLSearchParams(await request.text());
  const action = form.get("Action") ?? "";
  try {
    if (!(action in OPERATIONS)) throw new RdsError("InvalidAction", `Could not find operation ${action} for version 2010-05-15`);
    checkAllowed(account, `cloudformation:${action}`);
    const { output, answer } = OPERATIONS[action as keyof typeof OPERATIONS];
    return answerXml(action, output, answer(account, form), requestId, CLOUDFORMATION);
  } catch (error) {
    if (error instanceof ServiceError) return errorXml(new RdsError("AccessDenied", error.message, 403), requestId, CLOUDFORMATION);
    if (!(error instanceof RdsError)) throw error;
    return errorXml(error, requestId, CLOUDFORMATION);
  }
}

function stackIn({ stack }: LabAccount, form: URLSearchParams): LabStack {
  const name = form.get("StackName") ?? "";
  if (stack?.name === name) return stack;
  throw new RdsError("ValidationError", `Stack with id ${name} does not exist`);
}

function describeStacks(account: LabAccount, form: URLSearchParams): object {
  const stack = stackIn(account, form);
  const Outputs = Object.entries(stack.outputs()).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const StackId = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/0a1b2c3d`;
  return { Stacks: [{ StackId, StackName: stack.name, StackStatus: stack.status, CreationTime: MADE, Outputs }] };
}

function listResources(account: LabAccount, form: URLSearchParams): object {
  const from = Number(form.get("NextToken") ?? 0);
  const all = stackIn(account, form).all();
  const page = all.slice(from, from + PAGE).map(({ logicalId, physicalId, type }) => ({
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: "CREATE_COMPLETE",
    LastUpdatedTimestamp: MADE,
  }));
  return { StackResourceSummaries: page, ...(from + PAGE < all.length && { NextToken: String(from + PAGE) }) };
}

function describeType({ missingTypes, hasDurable }: LabAccount, form: URLSearchParams): object {
  const TypeName = form.get("TypeName") ?? "";
  if (missingTypes.has(TypeName)) throw fault(TypeNotFoundException$, `The type '${TypeName}' cannot be found.`);
  const properties = TypeName === "AWS::Lambda::Function" && hasDurable ? { Code: {}, DurableConfig: {} } : { Code: {} };
  return { TypeName, Type: "RESOURCE", Schema: JSON.stringify({ typeName: TypeName, properties }) };
}
