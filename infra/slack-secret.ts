import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { CfnSecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

/** Creates the secret for Slack without a value, which a person puts in. The secret outlives the stack. */
export function emptySlackSecret(scope: Construct, id: string): Secret {
  const secret = new Secret(scope, id, {
    description: 'Blue/Green Guard: {"botToken": "xoxb-...", "signingSecret": "..."} of its Slack app',
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const resource = secret.node.defaultChild;
  // By default the CDK gives a secret a random password, which would look like a wrong token.
  if (resource instanceof CfnSecret) resource.generateSecretString = undefined;
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "Slack gives the bot token to a person, who puts it in; no function can rotate it.",
  });
  return secret;
}
