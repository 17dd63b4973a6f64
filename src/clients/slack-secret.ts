import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AwsOptions, awsClient } from "./aws.ts";
import { SlackError } from "./slack-error.ts";

/** What the Slack secret holds. */
export interface SlackSecret {
  /** Bot User OAuth Token: begins with `xoxb-`. */
  botToken: string;
}

/** A rotated token is in use after this many seconds. */
const MAX_AGE_SECONDS = 300;

/** What a person has to put into the secret. */
export const SLACK_SECRET_SHAPE = '{"botToken": "xoxb-…"}';

/**
 * Makes a function that reads the Slack secret called `name` (its name or ARN) and remembers it for five minutes.
 *
 * That function throws a SlackError of the kind "settings" where a person has to correct something, else of the kind "later"; no text
 * ever holds what the secret holds.
 */
export function createSlackSecret(name: string, options: AwsOptions = {}): () => Promise<SlackSecret> {
  const provider = new SecretsProvider({ awsSdkV3Client: awsClient(SecretsManagerClient, options) });
  return async () => secretFrom(name, await textOf(provider, name));
}

async function textOf(provider: SecretsProvider, name: string): Promise<string> {
  try {
    return String((await provider.get(name, { maxAge: MAX_AGE_SECONDS })) ?? "");
  } catch (error) {
    throw readError(name, error instanceof Error && error.cause instanceof Error ? error.cause : error);
  }
}

/** What to correct, by the error's name. Source: Secrets Manager API, GetSecretValue, "Errors". */
const REMEDIES: Record<string, string> = {
  ResourceNotFoundException: `Create it, or correct the setting: it holds ${SLACK_SECRET_SHAPE}.`,
  AccessDeniedException: "Allow secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own.",
  DecryptionFailure: "Allow kms:Decrypt on the secret's key.",
  InvalidRequestException: "It is scheduled for deletion or has no value: restore it, or put a value into it.",
};

function readError(name: string, error: unknown): SlackError {
  const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
  const remedy = Object.hasOwn(REMEDIES, kind) ? REMEDIES[kind] : undefined;
  const text = `The Slack secret "${name}" cannot be read (${kind}: ${message}).`;
  return new SlackError(remedy ? "settings" : "later", `${text} ${remedy ?? "It is tried again."}`, error);
}

function secretFrom(name: string, text: string): SlackSecret {
  const botToken = parsed(text)?.["botToken"];
  if (typeof botToken === "string" && botToken.startsWith("xoxb-")) return { botToken };
  const found = botToken === undefined || botToken === "" ? "holds no botToken" : "holds a botToken that is no bot token";
  const problem = parsed(text) === undefined ? "is no JSON object" : found;
  throw new SlackError("settings", `The Slack secret "${name}" ${problem}. Put ${SLACK_SECRET_SHAPE} into it.`, undefined);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
