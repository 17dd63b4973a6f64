import { type App, Stack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { propsFromSettings } from "./context.ts";
import { BlueGreenGuard } from "./guard.ts";
import { operatorPolicy } from "./operator-policy.ts";
import { nameOutputs } from "./outputs.ts";
import { noteRegion } from "./region.ts";

/**
 * Adds the stack that holds only the guard, with props from the settings in `folder` and the app's context, and cdk-nag's checks.
 *
 * @param region the Region that the CDK deploys to, if it is known: the template is the same in all.
 * @throws PropsError that says what is refused or not stated.
 */
export function addStack(app: App, folder: string, region?: string): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new Stack(app, "BlueGreenGuard", { description: "Blue/Green Guard: watches RDS blue/green deployments and tells Slack" });
  const props = propsFromSettings(stack, folder);
  noteRegion(stack, region, props);
  const guard = new BlueGreenGuard(stack, "Guard", props);
  if (props.operations !== false) nameOutputs(stack, { OperatorPolicy: operatorPolicy(stack, guard).managedPolicyArn });
}
