import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { BlueGreenGuard } from "./guard.ts";
import { acknowledgeWildcards } from "./guard-function.ts";
import { acknowledgeExecutions } from "./operations.ts";
import { GROUP_WILDCARDS } from "./slack-commands.ts";

/**
 * A policy for people who ask the deployed guard at a terminal, for an app that has no role of theirs to grant it to: it gives nobody
 * anything until somebody attaches it.
 */
export function operatorPolicy(scope: Construct, guard: BlueGreenGuard): ManagedPolicy {
  const policy = new ManagedPolicy(scope, "Operator", {
    description: "Blue/Green Guard: to ask the guard for recreations and switchovers at a terminal, and to follow them",
  });
  guard.grantOperator(policy);
  acknowledgeWildcards(policy, GROUP_WILDCARDS);
  for (const durable of [guard.recreate, guard.switchover]) if (durable) acknowledgeExecutions(policy, durable);
  return policy;
}
