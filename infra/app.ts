import { App } from "aws-cdk-lib";
import { PropsError } from "./props.ts";
import { addStack } from "./stack.ts";

const app = new App();
try {
  addStack(app, process.cwd());
} catch (error) {
  if (!(error instanceof PropsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
app.synth();
