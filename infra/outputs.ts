import { CfnOutput } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** Names in the stack's outputs what the runbook's commands need, whatever the stack and the construct are called. */
export function nameOutputs(scope: Construct, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(scope, `${name}Output`, { value }).overrideLogicalId(`BlueGreenGuard${name}`);
  }
}
