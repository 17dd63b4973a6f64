import { randomUUID } from "node:crypto";
import { GetRolePolicy$, ListRolePolicies$, NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { answerJson } from "../../local/json-service.ts";
import { checkAllowed, type LabAccount } from "../account.ts";
import { fault, RdsError } from "../rds/errors.ts";
import { answerXml, errorXml, type QueryService } from "../rds/xml.ts";
import type { StackResource } from "./stack.ts";

const IAM: QueryService = { namespace: "https://iam.amazonaws.com/doc/2010-05-08/", name: "com.amazonaws.iam" };

/** Answers IAM's questions about the inline policies of the stack's roles; undefined for every other question. */
export async function answerPolicies(account: LabAccount, request: Request): Promise<Response | undefined> {
  const form = new URLSearchParams(await request.text());
  const action = form.get("Action") ?? "";
  if (action !== "ListRolePolicies" && action !== "GetRolePolicy") return undefined;
  const requestId = randomUUID();
  if (account.denied.has(`iam:${action}`))
    return errorXml(new RdsError("AccessDenied", `User is not authorized to perform: iam:${action}`, 403), requestId, IAM);
  const RoleName = form.get("RoleName") ?? "";
  const policies = (account.stack?.resources("AWS::IAM::Policy") ?? []).filter(({ properties }) =>
    (properties["Roles"] as string[]).includes(RoleName),
  );
  if (action === "ListRolePolicies") {
    const PolicyNames = policies.map(({ physicalId }) => physicalId);
    return answerXml(action, ListRolePolicies$[5], { PolicyNames, IsTruncated: false }, requestId, IAM);
  }
  const PolicyName = form.get("PolicyName") ?? "";
  const found = policies.find(({ physicalId }) => physicalId === PolicyName);
  if (!found) return errorXml(fault(NoSuchEntityException$, `The role policy with name ${PolicyName} cannot be found.`), requestId, IAM);
  return answerXml(action, GetRolePolicy$[5], { RoleName, PolicyName, PolicyDocument: documentOf(found) }, requestId, IAM);
}

/** Source: IAM API reference, GetRolePolicy: the document is URL-encoded. */
const documentOf = ({ properties }: StackResource): string => encodeURIComponent(JSON.stringify(properties["PolicyDocument"]));

/** Plays CloudWatch Logs' DescribeLogGroups over the stack. */
export function answerLogs(account: LabAccount, request: Request): Promise<Response> {
  const DescribeLogGroups = ({ logGroupNamePrefix = "" }: Record<string, unknown>) => {
    checkAllowed(account, "logs:DescribeLogGroups");
    const groups = account.stack?.resources("AWS::Logs::LogGroup") ?? [];
    return {
      logGroups: groups
        .filter(({ physicalId }) => physicalId.startsWith(String(logGroupNamePrefix)))
        .map(({ physicalId: logGroupName, properties }) => ({ logGroupName, retentionInDays: properties["RetentionInDays"] })),
    };
  };
  return answerJson({ DescribeLogGroups }, request);
}
