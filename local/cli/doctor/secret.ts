import type { AwsOptions } from "../../../src/clients/aws.ts";
import { createAwsCall } from "../../../src/clients/aws-call.ts";
import { parsedSecret } from "../../../src/clients/slack/secret-error.ts";
import { createSecretText, SECRETS_MANAGER } from "../../../src/clients/slack/secret-text.ts";
import type { Visit } from "./visit.ts";

/** The name or ARN of the Slack secret, as the deployed functions have it, else as a person states it; undefined if nobody says one. */
export const secretName = ({ stack, slack }: Pick<Visit, "stack" | "slack">): string | undefined =>
  stack?.variables["SLACK_SECRET"] ?? slack.secret;

/** What the Slack secret holds, as far as it is known. */
export interface HeldSecret {
  botToken?: string;
  signingSecret?: string;
}

/** Reads the Slack secret with the person's own credentials. @throws SlackError, whose text never contains the secret */
export async function readSecret(name: string, aws: AwsOptions): Promise<HeldSecret | undefined> {
  const text = await createSecretText(name, createAwsCall(SECRETS_MANAGER, { ...aws, maxAttempts: 3 }))();
  const held = parsedSecret(text);
  if (!held) return undefined;
  const textIn = (key: string) => (typeof held[key] === "string" && held[key].trim() !== "" ? held[key] : undefined);
  return { botToken: textIn("botToken"), signingSecret: textIn("signingSecret") };
}
