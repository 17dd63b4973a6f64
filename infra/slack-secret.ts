import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { CfnSecret, type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

/** Creates the secret for Slack without a value, which a person puts in. The secret outlives the stack. */
export function emptySlackSecret(scope: Construct, id: string): Secret {
  const secret = new Secret(scope, id, {
    description: 'Blue/Green Guard: {"botToken": "xoxb-...", "signingSecret": "..."} of its Slack app',
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
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

/**
 * What the functions ask Secrets Manager for: the secret's whole ARN, or its name where that alone is known.
 *
 * Not an ARN without its last six characters: Secrets Manager may take the end of a name such as `slack-secret` for them. Source: Secrets
 * Manager API, CreateSecret, Name. A secret of another account or region has no other form.
 */
export function secretIdOf(scope: Construct, secret: ISecret): string {
  const { account, region } = Stack.of(scope);
  const isHere = secret.env.account === account && secret.env.region === region;
  return secret.secretFullArn ?? (isHere ? secret.secretName : secret.secretArn);
}
