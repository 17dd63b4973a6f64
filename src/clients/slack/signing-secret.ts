import { type AwsFetchOptions, createAwsPost } from "../aws-fetch.ts";
import { SlackError } from "./failure.ts";
import { parsedSecret, secretReadError } from "./secret-error.ts";

const MAX_AGE_MS = 300_000;
/** What a person has to put into the secret if Slack sends commands. */
const SHAPE = '{"botToken": "xoxb-…", "signingSecret": "…"}';

/**
 * Creates a function that reads the app's signing secret from the secret `name` (its name or ARN) and caches it for five minutes.
 *
 * That function throws a SlackError of the kind "settings" if a person has to correct something, otherwise of the kind "later".
 */
export function createSigningSecret(name: string, options: AwsFetchOptions): () => Promise<string> {
  const post = createAwsPost(options);
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.GetSecretValue" };
  let kept: { text: string; until: number } | undefined;
  async function read(): Promise<string> {
    const response = await post("secretsmanager", "/", headers, JSON.stringify({ SecretId: name })).catch((error: Error) => {
      throw secretReadError(name, error);
    });
    return String(((await response.json()) as { SecretString?: string }).SecretString ?? "");
  }
  return async () => {
    if (!kept || Date.now() >= kept.until) kept = { text: await read(), until: Date.now() + MAX_AGE_MS };
    const signingSecret = parsedSecret(kept.text)?.["signingSecret"];
    if (typeof signingSecret === "string" && signingSecret.trim() !== "") return signingSecret;
    kept = undefined;
    throw new SlackError("settings", `The Slack secret "${name}" holds no signingSecret. Put ${SHAPE} into it.`, undefined);
  };
}
