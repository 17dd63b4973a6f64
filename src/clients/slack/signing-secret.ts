import type { AwsCall } from "../aws-signed.ts";
import { SlackError } from "./failure.ts";
import { parsedSecret, SLACK_SECRET_SHAPE } from "./secret-error.ts";
import { createSecretText } from "./secret-text.ts";

/**
 * Creates a function that reads the app's signing secret from the secret `name` (its name or ARN) and caches it for five minutes; one that
 * holds none is read again the next time.
 *
 * That function throws a SlackError of the kind "settings" if a person has to correct something, otherwise of the kind "later".
 */
export function createSigningSecret(name: string, by: AwsCall): (signal?: AbortSignal) => Promise<string> {
  const text = createSecretText(name, by);
  let anew = false;
  return async (signal) => {
    const signingSecret = parsedSecret(await text(anew, signal))?.["signingSecret"];
    anew = typeof signingSecret !== "string" || signingSecret.trim() === "";
    if (!anew) return String(signingSecret);
    throw new SlackError("settings", `The Slack secret "${name}" holds no signingSecret. Put ${SLACK_SECRET_SHAPE} into it.`, undefined);
  };
}
