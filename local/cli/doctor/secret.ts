import type { AwsOptions } from "../../../src/clients/aws.ts";
import { createAwsCall } from "../../../src/clients/aws-call.ts";
import { parsedSecret } from "../../../src/clients/slack/secret-error.ts";
import { createSecretText, SECRETS_MANAGER } from "../../../src/clients/slack/secret-text.ts";

/** The name or ARN of the Slack secret, as the settings or the deployed functions have it; undefined if neither says one. */
export function secretName(stated: string | undefined, deployed: string | undefined): string | undefined {
  return deployed ?? (stated === "create" ? undefined : stated);
}

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
