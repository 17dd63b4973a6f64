import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AwsOptions, awsClient } from "../aws.ts";
import { SlackError } from "./failure.ts";
import { parsedSecret, SLACK_SECRET_SHAPE, secretReadError } from "./secret-error.ts";

/** What the Slack secret holds. */
export interface SlackSecret {
  /** Bot User OAuth Token: begins with `xoxb-`. */
  botToken: string;
}

/** How long a token is kept, in seconds; one that Slack refuses is read anew. */
const MAX_AGE_SECONDS = 300;

/**
 * Creates a function that reads the Slack secret `name` (its name or ARN) and caches it for five minutes, unless it is to be read `anew`.
 *
 * That function throws a SlackError of the kind "settings" if a person has to correct something, otherwise of the kind "later"; no error
 * text ever contains the secret.
 */
export function createSlackSecret(name: string, options: AwsOptions = {}): (anew?: boolean) => Promise<SlackSecret> {
  const provider = new SecretsProvider({ awsSdkV3Client: awsClient(SecretsManagerClient, options) });
  return async (anew = false) => secretFrom(name, await textOf(provider, name, anew));
}

async function textOf(provider: SecretsProvider, name: string, forceFetch: boolean): Promise<string> {
  try {
    return String((await provider.get(name, { maxAge: MAX_AGE_SECONDS, forceFetch })) ?? "");
  } catch (error) {
    throw secretReadError(name, error instanceof Error && error.cause instanceof Error ? error.cause : error);
  }
}

function secretFrom(name: string, text: string): SlackSecret {
  const botToken = parsedSecret(text)?.["botToken"];
  if (typeof botToken === "string" && botToken.startsWith("xoxb-")) return { botToken };
  const found = botToken === undefined || botToken === "" ? "holds no botToken" : "holds a botToken that is no bot token";
  const problem = parsedSecret(text) === undefined ? "is no JSON object" : found;
  throw new SlackError("settings", `The Slack secret "${name}" ${problem}. Put ${SLACK_SECRET_SHAPE} into it.`, undefined);
}
