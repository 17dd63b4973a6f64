import { type App, Stack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { propsFromContext } from "./context.ts";
import { BlueGreenGuard } from "./guard.ts";
import { PropsError } from "./props.ts";

/**
 * Adds the stack that holds only the guard, with props from the app's context and cdk-nag's checks.
 *
 * @throws PropsError that says why the context is not valid.
 */
export function addStack(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new Stack(app, "BlueGreenGuard", { description: "Blue/Green Guard: watches RDS blue/green deployments and tells Slack" });
  try {
    new BlueGreenGuard(stack, "Guard", propsFromContext(stack));
  } catch (error) {
    if (!(error instanceof PropsError)) throw error;
    throw new PropsError(`The context of the CDK (-c key=value, or "context" in cdk.json) is refused: ${error.message}`);
  }
}
