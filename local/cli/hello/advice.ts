import type { SlackError } from "../../../src/clients/slack/failure.ts";
import { isWithoutValue } from "../../../src/clients/slack/secret-error.ts";
import { NETWORK, SIGN_IN, whoSignsIn } from "../aws-advice.ts";
import type { Bot } from "./bot.ts";

const REGION = "Secrets belong to one account and region: AWS_PROFILE and --region say which.";

/** What to do, by the name of the causing error. Source: Secrets Manager API, "Common Error Types"; AWS SDK for JavaScript. */
const BY_NAME: Readonly<Record<string, string>> = {
  UnrecognizedClientException: SIGN_IN,
  ExpiredTokenException: SIGN_IN,
  InvalidSignatureException: SIGN_IN,
  IncompleteSignatureException: SIGN_IN,
  ResourceNotFoundException: REGION,
  TimeoutError: NETWORK,
};

const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|did not answer/, NETWORK],
];

/** Says why `hello` failed and what to do; `bot` is the token's bot, once it is known. */
export function adviceOn({ message, cause }: SlackError, bot: Bot | undefined): string {
  // The functions say this; nothing tries again here.
  const failure = message.replace(/ It is tried again\.$/, "");
  const named = bot ? failure.replace("@<bot>", `@${bot.name}`) : failure;
  if (isWithoutValue(cause)) return named;
  const advice = byName(cause) ?? BY_WORDS.find(([words]) => words.test(message))?.[1];
  if (advice !== undefined) return `${named} ${advice}`;
  return failure === message ? named : `${named} Run hello again in a minute.`;
}

function byName(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if (cause.name === "CredentialsProviderError") return whoSignsIn();
  return Object.hasOwn(BY_NAME, cause.name) ? BY_NAME[cause.name] : undefined;
}
