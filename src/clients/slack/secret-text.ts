import { type AwsCall, overJson } from "../aws-signed.ts";
import { secretReadError } from "./secret-error.ts";

const MAX_AGE_MS = 300_000;
/** The service that keeps secrets. */
export const SECRETS_MANAGER = { name: "secretsmanager", id: "Secrets Manager", target: "secretsmanager", version: "1.1" } as const;

/**
 * Creates a function that reads the text of the secret `name` (its name or ARN) and keeps it for five minutes, unless it is to be read `anew`.
 *
 * That function throws a SlackError of the kind "settings" if a person has to correct something, otherwise of the kind "later".
 */
export function createSecretText(name: string, by: AwsCall): (anew?: boolean, signal?: AbortSignal) => Promise<string> {
  const call = overJson(SECRETS_MANAGER, by);
  let kept: { text: string; until: number } | undefined;
  async function read(signal: AbortSignal | undefined): Promise<string> {
    try {
      const { SecretString } = await call<{ SecretString?: string }>("GetSecretValue", { SecretId: name }, { signal });
      return SecretString ?? "";
    } catch (error) {
      throw secretReadError(name, error);
    }
  }
  return async (anew = false, signal = undefined) => {
    if (anew || !kept || Date.now() >= kept.until) kept = { text: await read(signal), until: Date.now() + MAX_AGE_MS };
    return kept.text;
  };
}
