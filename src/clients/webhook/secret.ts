import { type AwsCall, overJson } from "../aws-signed.ts";
import { parsedSecret } from "../slack/secret-error.ts";
import { SECRETS_MANAGER } from "../slack/secret-text.ts";
import { whyNotWebhook } from "./address.ts";
import { WebhookError } from "./failure.ts";

/** What a person has to put into the secret. */
export const WEBHOOK_SECRET_SHAPE = '{"url": "https://…", "signingKey": "whsec_…"}';

/** Where facts are sent, and the key that they are signed with. */
export interface WebhookSecret {
  url: URL;
  key: Buffer;
}

const MAX_AGE_MS = 300_000;
// Source: Standard Webhooks, specification, "Signature scheme": 24 to 64 random bytes in base64, with this prefix.
const KEY = /^whsec_[A-Za-z0-9+/]+={0,2}$/;
const KEY_BYTES = [24, 64] as const;

/**
 * Creates a function that reads the webhook's secret `name` (its name or ARN) and keeps it for five minutes, unless it is to be read `anew`.
 * `whyNot` says what is wrong with a URL.
 *
 * That function throws a WebhookError of the kind "settings" if a person has to correct something, otherwise of the kind "later"; no text of
 * an error holds anything of the secret.
 */
export function createWebhookSecret(
  name: string,
  by: AwsCall,
  whyNot: (url: URL) => string | undefined = whyNotWebhook,
): (anew?: boolean) => Promise<WebhookSecret> {
  const call = overJson(SECRETS_MANAGER, by);
  let kept: { secret: WebhookSecret; until: number } | undefined;
  async function read(): Promise<WebhookSecret> {
    try {
      const { SecretString = "" } = await call<{ SecretString?: string }>("GetSecretValue", { SecretId: name });
      return secretFrom(name, SecretString, whyNot);
    } catch (error) {
      throw error instanceof WebhookError ? error : unread(name, error);
    }
  }
  return async (anew = false) => {
    if (anew || !kept || Date.now() >= kept.until) kept = { secret: await read(), until: Date.now() + MAX_AGE_MS };
    return kept.secret;
  };
}

// Source: Secrets Manager API, GetSecretValue, "Errors".
const OF_PERSONS = ["ResourceNotFoundException", "AccessDeniedException", "DecryptionFailure", "InvalidRequestException"];

function unread(name: string, error: unknown): WebhookError {
  const { name: code, message } = error instanceof Error ? error : new Error(String(error));
  const isOfPersons = OF_PERSONS.includes(code);
  const remedy = isOfPersons
    ? `It has to hold ${WEBHOOK_SECRET_SHAPE}, and the function must be allowed to read it.`
    : "It is tried again.";
  const text = `The webhook's secret "${name}" cannot be read (${code}: ${message}). ${remedy}`;
  return new WebhookError(isOfPersons ? "settings" : "later", text, { cause: error });
}

function secretFrom(name: string, text: string, whyNot: (url: URL) => string | undefined): WebhookSecret {
  const refused = (problem: string) =>
    new WebhookError("settings", `The webhook's secret "${name}" ${problem}. Put ${WEBHOOK_SECRET_SHAPE} into it.`);
  const found = parsedSecret(text);
  if (!found) throw refused("is no JSON object");
  const { url: address, signingKey } = found;
  const url = typeof address === "string" ? URL.parse(address) : null;
  if (!url) throw refused("holds no url");
  const problem = whyNot(url);
  if (problem !== undefined) throw refused(`holds a url that ${problem}`);
  if (typeof signingKey !== "string" || !KEY.test(signingKey)) throw refused("holds no signingKey that begins with whsec_");
  const key = Buffer.from(signingKey.slice("whsec_".length), "base64");
  const [least, most] = KEY_BYTES;
  if (key.length < least || key.length > most) throw refused(`holds a signingKey of ${key.length} bytes, not of ${least} to ${most}`);
  return { url, key };
}
