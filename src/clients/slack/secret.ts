import type { AwsOptions } from "../aws.ts";
import { createAwsCall } from "../aws-call.ts";
import { SlackError } from "./failure.ts";
import { parsedSecret, SLACK_SECRET_SHAPE } from "./secret-error.ts";
import { createSecretText, SECRETS_MANAGER } from "./secret-text.ts";

/** What the Slack secret holds. */
export interface SlackSecret {
  /** Bot User OAuth Token: begins with `xoxb-`. */
  botToken: string;
}

/**
 * Creates a function that reads the Slack secret `name` (its name or ARN) and caches it for five minutes, unless it is to be read `anew`.
 *
 * That function throws a SlackError of the kind "settings" if a person has to correct something, otherwise of the kind "later"; no error
 * text ever contains the secret.
 */
export function createSlackSecret(name: string, options: AwsOptions): (anew?: boolean) => Promise<SlackSecret> {
  const text = createSecretText(name, createAwsCall(SECRETS_MANAGER, options));
  return async (anew) => secretFrom(name, await text(anew));
}

function secretFrom(name: string, text: string): SlackSecret {
  const botToken = parsedSecret(text)?.["botToken"];
  if (typeof botToken === "string" && botToken.startsWith("xoxb-")) return { botToken };
  const found = botToken === undefined || botToken === "" ? "holds no botToken" : "holds a botToken that is no bot token";
  const problem = parsedSecret(text) === undefined ? "is no JSON object" : found;
  throw new SlackError("settings", `The Slack secret "${name}" ${problem}. Put ${SLACK_SECRET_SHAPE} into it.`, undefined);
}
