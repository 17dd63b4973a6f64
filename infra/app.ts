import { App } from "aws-cdk-lib";
import { PropsError } from "./props.ts";
import { addStack } from "./stack.ts";

const app = new App();
try {
  // The CDK's command says which Region it deploys to. Source: AWS CDK developer guide, "Configure environments".
  addStack(app, process.cwd(), process.env["CDK_DEFAULT_REGION"]);
} catch (error) {
  if (!(error instanceof PropsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
app.synth();
