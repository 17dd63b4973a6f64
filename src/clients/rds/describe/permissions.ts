import { type EvaluationResult, GetRoleCommand, IAMClient, paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam";
import type { Answer } from "../../../plans/answer.ts";
import type { PermissionDecision, RequiredPermission } from "../../../plans/preflight/permissions.ts";
import { type AwsOptions, awsClient } from "../../aws.ts";
import { answered } from "./answered.ts";
import { decisionOn } from "./decision.ts";

/** Asks IAM what a role or user may do, without doing it. */
export interface Permissions {
  /** Not known without a principal, if the caller is not allowed to ask, or if IAM does not answer in time. */
  simulate(principal: string | undefined, required: readonly RequiredPermission[]): Promise<Answer<PermissionDecision[]>>;
}

/** Creates the client of IAM's policy simulator, whose answers leave out service control policies and key policies. */
export function createPermissions(options: AwsOptions = {}): Permissions {
  const client = awsClient(IAMClient, options);
  const timeoutMs = options.timeoutMs ?? 5_000;
  return {
    async simulate(principal, required) {
      if (!principal) return { known: false, why: { code: "principal-unknown" } };
      return answered("SimulatePrincipalPolicy", timeoutMs, async (signal) => {
        const simulated = (arn: string) => Promise.all(groupsOf(required).map((group) => simulateGroup(client, arn, group, signal)));
        const decisions = await simulated(principal).catch(async (error: Error) => {
          const withPath = await roleWithPath(client, principal, error, signal);
          return simulated(withPath);
        });
        return decisions.flat();
      });
    },
  };
}

/**
 * The role's own ARN, if it has a path, as every role of IAM Identity Center has: no two roles of an account have the same name.
 *
 * Source: IAM User Guide, "IAM identifiers". @throws the `refused` question's own error, if another ARN would not help or is not known.
 */
async function roleWithPath(client: IAMClient, principal: string, refused: Error, abortSignal: AbortSignal): Promise<string> {
  const [, name] = principal.match(/^arn:[^:]+:iam::\d{12}:role\/([^/]+)$/) ?? [];
  if (name === undefined || abortSignal.aborted) throw refused;
  const { Role } = await client.send(new GetRoleCommand({ RoleName: name }), { abortSignal }).catch((error: Error) => {
    const unknown = `Whether the role has a path is not known either: GetRole was refused: ${error.name}: ${error.message}`;
    throw Object.assign(new Error(`${refused.message}. ${unknown}`, { cause: error }), { name: refused.name });
  });
  if (Role?.Arn === undefined || Role.Arn === principal) throw refused;
  return Role.Arn;
}

/**
 * The role or user that IAM can simulate, for an ARN as STS reports it: an assumed role's session becomes its role.
 *
 * STS leaves out a role's path: whoever simulates such a role has to ask IAM for it.
 */
export function principalOf(callerArn: string): string {
  const [, partition, account, role] = callerArn.match(/^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/) ?? [];
  return role === undefined ? callerArn : `arn:${partition}:iam::${account}:role/${role}`;
}

/** Groups what is asked about the same resource, since IAM evaluates every action of a call on every resource in it. */
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
  return group.map((required) => decisionOn(required, found));
}
