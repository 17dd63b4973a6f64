import { type EvaluationResult, IAMClient, paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam";
import type { Answer } from "../../../plans/checks.ts";
import type { PermissionDecision, RequiredPermission } from "../../../plans/preflight/permissions.ts";
import { type AwsOptions, awsClient } from "../../aws.ts";
import { answered } from "./answered.ts";

/** Asks IAM what a role or user may do, without doing it. */
export interface Permissions {
  /** Not known without a principal, and where the caller may not ask or IAM does not answer in time. */
  simulate(principal: string | undefined, required: readonly RequiredPermission[]): Promise<Answer<PermissionDecision[]>>;
}

/** Makes the client of IAM's policy simulator. Service control policies and key policies are not in its answers. */
export function createPermissions(options: AwsOptions = {}): Permissions {
  const client = awsClient(IAMClient, options);
  const timeoutMs = options.timeoutMs ?? 5_000;
  return {
    async simulate(principal, required) {
      if (!principal) return { known: false, reason: "It is not known which role or user would create the deployment." };
      return answered("SimulatePrincipalPolicy", timeoutMs, async (signal) => {
        const groups = groupsOf(required).map((group) => simulateGroup(client, principal, group, signal));
        return (await Promise.all(groups)).flat();
      });
    },
  };
}

/**
 * The role or user that IAM can simulate, of an ARN as STS says it: an assumed role's session is its role.
 *
 * STS leaves a role's path out, so a role that has one is not found and what it may do stays unknown.
 */
export function principalOf(callerArn: string): string {
  const [, partition, account, role] = callerArn.match(/^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/) ?? [];
  return role === undefined ? callerArn : `arn:${partition}:iam::${account}:role/${role}`;
}

/** IAM judges every action of a call on every resource of it: so what is asked of the same resource goes together. */
function groupsOf(required: readonly RequiredPermission[]): RequiredPermission[][] {
  const keyOf = ({ resource, context }: RequiredPermission) => JSON.stringify([resource, context]);
  return [...Map.groupBy(required, keyOf).values()];
}

async function simulateGroup(
  client: IAMClient,
  PolicySourceArn: string,
  group: readonly RequiredPermission[],
  abortSignal: AbortSignal,
): Promise<PermissionDecision[]> {
  const [first] = group;
  if (!first) return [];
  const input = {
    PolicySourceArn,
    ActionNames: group.map(({ action }) => action),
    ResourceArns: [first.resource],
    ContextEntries: Object.entries(first.context ?? {}).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyValues: [value],
      ContextKeyType: "string" as const,
    })),
  };
  const found: EvaluationResult[] = [];
  for await (const page of paginateSimulatePrincipalPolicy({ client }, input, { abortSignal }))
    found.push(...(page.EvaluationResults ?? []));
  return group.map((required): PermissionDecision => {
    const result = found.find(({ EvalActionName = "" }) => EvalActionName.toLowerCase() === required.action.toLowerCase());
    const decision = result?.EvalDecision ?? "implicitDeny";
    return { ...required, decision, incomplete: result === undefined || (result.MissingContextValues ?? []).length > 0 };
  });
}
