import { randomUUID } from "node:crypto";
import { ServiceError } from "../../local/json-service.ts";
import { checkAllowed, HAND_ON, type LabAccount } from "../account.ts";
import type { LabStack, StackResource } from "./stack.ts";

/** Invokes the stack's functions: they answer, or an execution begins, whose ARN is answered. */
export interface PlayedFunctions {
  invoke(physicalId: string, event: unknown): Promise<unknown>;
  begin(physicalId: string, event: unknown): Promise<string>;
}

/** Answers Lambda's questions about functions, and invokes those of the stack; undefined for a request that somebody else answers. */
export async function answerFunctions(account: LabAccount, played: PlayedFunctions, request: Request): Promise<Response | undefined> {
  const headers = { "content-type": "application/json", "x-amzn-requestid": randomUUID() };
  const { pathname, searchParams } = new URL(request.url);
  try {
    const [, kind, name, what] = ROUTE.exec(pathname) ?? [];
    if (kind === "account-settings") return Response.json(settingsOf(account), { headers });
    if (kind === "event-source-mappings") return Response.json(mappingsOf(account, searchParams.get("FunctionName") ?? ""), { headers });
    if (name === undefined || !account.stack) return undefined;
    const found = functionNamed(account.stack, decodeURIComponent(name));
    if (what === "invocations") return found && (await invoked(account, played, found, searchParams.get("Qualifier"), request, headers));
    if (!found) throw new ServiceError("ResourceNotFoundException", `Function not found: ${name}`);
    return Response.json(described(account, account.stack, found, what ?? "", searchParams.get("Qualifier")), { headers });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const status = error.code === "AccessDeniedException" ? 403 : 404;
    return Response.json({ Type: "User", Message: error.message }, { status, headers: { ...headers, "x-amzn-errortype": error.code } });
  }
}

const ROUTE = /^\/20\d\d-\d\d-\d\d\/(account-settings|event-source-mappings|functions)(?:\/([^/]+)\/(.+))?\/?$/;

const nameIn = (nameOrArn: string): string => (nameOrArn.startsWith("arn:") ? (nameOrArn.split(":")[6] ?? "") : nameOrArn);

function functionNamed(stack: LabStack, nameOrArn: string): StackResource | undefined {
  return stack.resources("AWS::Lambda::Function").find(({ physicalId }) => physicalId === nameIn(nameOrArn));
}

function settingsOf(account: LabAccount): object {
  checkAllowed(account, "lambda:GetAccountSettings");
  const { all: ConcurrentExecutions, unreserved: UnreservedConcurrentExecutions } = account.concurrency;
  return { AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions } };
}

function mappingsOf(account: LabAccount, name: string): object {
  checkAllowed(account, "lambda:ListEventSourceMappings");
  const mappings = account.stack?.resources("AWS::Lambda::EventSourceMapping") ?? [];
  return {
    EventSourceMappings: mappings
      .filter(({ properties }) => properties["FunctionName"] === name)
      .map(({ properties: { EventSourceArn } }) => ({
        UUID: "0a1b2c3d",
        EventSourceArn,
        State: account.isMapped ? "Enabled" : "Disabled",
      })),
  };
}

function described(account: LabAccount, stack: LabStack, found: StackResource, what: string, qualifier: string | null): object {
  const { physicalId, logicalId, properties } = found;
  const arn = stack.references.attribute(logicalId, "Arn");
  if (what === "configuration") {
    checkAllowed(account, "lambda:GetFunctionConfiguration");
    const { Environment, Role, Timeout, Runtime, TracingConfig, LoggingConfig } = properties;
    const State = account.functionStates.get(physicalId) ?? "Active";
    return {
      FunctionName: physicalId,
      FunctionArn: arn,
      State,
      Environment,
      Role,
      Timeout,
      Runtime,
      TracingConfig,
      LoggingConfig,
      LastUpdateStatus: "Successful",
    };
  }
  if (what === "concurrency") {
    checkAllowed(account, "lambda:GetFunctionConcurrency");
    return { ReservedConcurrentExecutions: properties["ReservedConcurrentExecutions"] };
  }
  if (what === "versions") {
    checkAllowed(account, "lambda:ListVersionsByFunction");
    const versions = ["$LATEST", "1", ...(account.newerVersion === undefined ? [] : [account.newerVersion])];
    return { Versions: versions.map((Version) => ({ FunctionName: physicalId, FunctionArn: `${arn}:${Version}`, Version })) };
  }
  if (what.startsWith("aliases/")) {
    checkAllowed(account, "lambda:GetAlias");
    const of = stack.resources("AWS::Lambda::Alias").find((it) => it.properties["FunctionName"] === physicalId);
    if (!of) throw new ServiceError("ResourceNotFoundException", `Cannot find alias arn: ${arn}:live`);
    return { AliasArn: of.physicalId, Name: of.properties["Name"], FunctionVersion: of.properties["FunctionVersion"] };
  }
  if (what === "policy") {
    checkAllowed(account, "lambda:GetPolicy");
    return policyOf(stack, qualifier === null ? arn : `${arn}:${qualifier}`, physicalId);
  }
  throw new ServiceError("ResourceNotFoundException", `The lab does not play ${what} of functions.`);
}

/** The resource policy of a function or its alias, of the permissions in the template. */
function policyOf(stack: LabStack, arn: string, name: string): object {
  const permissions = stack
    .resources("AWS::Lambda::Permission")
    .filter(({ properties: { FunctionName: of } }) => of === arn || of === name);
  if (permissions.length === 0) throw new ServiceError("ResourceNotFoundException", "The resource you requested does not exist.");
  const Statement = permissions.map(({ logicalId: Sid, properties: { Action, Principal, SourceArn, InvokedViaFunctionUrl } }) => ({
    Sid,
    Effect: "Allow",
    Principal: Principal === "*" ? "*" : { Service: Principal },
    Action,
    Resource: arn,
    Condition: {
      ...(SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": SourceArn } }),
      ...(InvokedViaFunctionUrl !== undefined && { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }),
    },
  }));
  return { Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement }) };
}

const DURABLE = new Set(["recreate", "switchover"]);

/** Source: Lambda API, Invoke; Lambda developer guide, "Invoking Lambda durable functions": a durable function takes a qualified name alone. */
async function invoked(
  account: LabAccount,
  { invoke, begin }: PlayedFunctions,
  { physicalId }: StackResource,
  qualifier: string | null,
  request: Request,
  headers: Record<string, string>,
): Promise<Response | undefined> {
  const type = request.headers.get("x-amz-invocation-type") ?? "RequestResponse";
  if (type === "Event" && !DURABLE.has(physicalId)) return undefined;
  // In the lab only the slack function asks for a dry run.
  checkAllowed(account, type === "DryRun" ? HAND_ON : "lambda:InvokeFunction");
  if (type === "DryRun") return new Response(null, { status: 204, headers });
  const event: unknown = JSON.parse(await request.text());
  if (DURABLE.has(physicalId)) {
    if (qualifier === null)
      throw new ServiceError("InvalidParameterValueException", "You cannot invoke a durable function using an unqualified ARN.");
    if (!account.hasDurable) return new Response(null, { status: 202, headers });
    const arn = await begin(physicalId, event);
    return new Response(null, { status: 202, headers: { ...headers, "x-amz-durable-execution-arn": arn } });
  }
  const answer = await invoke(physicalId, event).catch((error: Error) => error);
  if (!(answer instanceof Error)) return Response.json(answer ?? null, { headers });
  const { name: errorType, message: errorMessage } = answer;
  return Response.json({ errorType, errorMessage }, { headers: { ...headers, "x-amz-function-error": "Unhandled" } });
}
