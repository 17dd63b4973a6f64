import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { CfnSecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

/** Makes the secret for Slack, without a value: a person puts it in. It outlives the stack. */
export function emptySlackSecret(scope: Construct, id: string): Secret {
  const secret = new Secret(scope, id, {
    description: 'Blue/Green Guard: {"botToken": "xoxb-...", "signingSecret": "..."} of its Slack app',
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const resource = secret.node.defaultChild;
  // A secret of CDK gets a random password, which would read like a token that is wrong.
  if (resource instanceof CfnSecret) resource.generateSecretString = undefined;
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "Slack gives the bot token to a person, who puts it in; no function can rotate it.",
  });
  return secret;
}
