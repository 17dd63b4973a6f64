import { CfnOutput } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** Adds stack outputs for what the runbook's commands need, under names that depend on neither the stack's nor the construct's. */
export function nameOutputs(scope: Construct, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(scope, `${name}Output`, { value }).overrideLogicalId(`BlueGreenGuard${name}`);
  }
}
