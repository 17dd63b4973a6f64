import { SlackError } from "./failure.ts";

/** What a person has to put into the secret: whoever leaves half of it out is mute, or takes no commands. */
export const SLACK_SECRET_SHAPE = '{"botToken": "xoxb-…", "signingSecret": "…"}';

/** What to correct, by the error's name. Source: Secrets Manager API, GetSecretValue, "Errors". */
const REMEDIES: Record<string, string> = {
  ResourceNotFoundException: `Create it, or correct the setting: it holds ${SLACK_SECRET_SHAPE}.`,
  AccessDeniedException: "Allow secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own.",
  DecryptionFailure: "Allow kms:Decrypt on the secret's key.",
  InvalidRequestException: "It is scheduled for deletion or has no value: restore it, or put a value into it.",
};

const WITHOUT_VALUE = `It has no value yet: put ${SLACK_SECRET_SHAPE} into it (aws secretsmanager put-secret-value).`;

/** True for Secrets Manager's answer where the secret is there, and nobody has put a value in. */
export const isWithoutValue = (error: unknown): boolean => error instanceof Error && /staging label/i.test(error.message);

/** Why the secret `name` cannot be read, and what to correct. */
export function secretReadError(name: string, error: unknown): SlackError {
  const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
  const known = Object.hasOwn(REMEDIES, kind) ? REMEDIES[kind] : undefined;
  const remedy = known !== undefined && isWithoutValue(error) ? WITHOUT_VALUE : known;
  const text = `The Slack secret "${name}" cannot be read (${kind}: ${message}).`;
  return new SlackError(remedy ? "settings" : "later", `${text} ${remedy ?? "It is tried again."}`, error);
}

/** The secret's content if it is a JSON object, else undefined. */
export function parsedSecret(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
