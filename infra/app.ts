import { App, Stack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { propsFromContext } from "./context.ts";
import { BlueGreenGuard } from "./guard.ts";
import { PropsError } from "./props.ts";

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const stack = new Stack(app, "BlueGreenGuard", { description: "Blue/Green Guard: watches RDS blue/green deployments and tells Slack" });

try {
  new BlueGreenGuard(stack, "Guard", propsFromContext(stack));
} catch (error) {
  if (!(error instanceof PropsError)) throw error;
  console.error(`The context of the CDK (-c key=value, or "context" in cdk.json) is refused: ${error.message}`);
  process.exit(1);
}
app.synth();
