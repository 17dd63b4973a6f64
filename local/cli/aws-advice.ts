import { sentence } from "../../src/messages/sentences.ts";

export const SIGN_IN = "Sign in to AWS (aws sso login, aws configure), or name a profile in AWS_PROFILE.";
export const NETWORK = "It cannot be reached from here: look at the network, and at the address if one was set.";

/** What to do if there are no credentials: the SDK does not say that the profile it looked for is not there. */
export function whoSignsIn({ AWS_PROFILE: profile } = process.env): string {
  if (!profile) return SIGN_IN;
  const how = `aws sso login --profile ${profile}, or aws configure --profile ${profile}`;
  return `AWS_PROFILE names the profile "${profile}", which has no credentials here: correct the name (~/.aws/config has those that are there), or sign in (${how}).`;
}

const PERMISSION = "Whoever signs in lacks a permission: docs/permissions.md lists what is needed.";

/** What to do, by the name of the causing error. Source: RDS API and STS API, "Common Errors"; AWS SDK for JavaScript. */
const BY_NAME: Readonly<Record<string, string>> = {
  UnrecognizedClientException: SIGN_IN,
  ExpiredToken: SIGN_IN,
  ExpiredTokenException: SIGN_IN,
  InvalidClientTokenId: SIGN_IN,
  SignatureDoesNotMatch: SIGN_IN,
  InvalidSignatureException: SIGN_IN,
  IncompleteSignatureException: SIGN_IN,
  AccessDenied: PERMISSION,
  AccessDeniedException: PERMISSION,
  TimeoutError: NETWORK,
};

const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND \S+\.amazonaws\.com/, "There is no such address: look at the region's name, and at the network."],
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, NETWORK],
];

// What the SDK adds if a response is neither XML nor JSON, such as a proxy's page.
const UNREADABLE = /\s*Deserialization error: to see the raw response.*$/s;

/** Says why a call to AWS failed and what to do; undefined for any other error. */
export function awsAdvice(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (isNoUrl(error)) {
    const received = "input" in error ? `; received "${error.input}"` : "";
    return `An endpoint's address takes a URL that begins with https:// or http://${received}. Look at AWS_ENDPOINT_URL and the profile's endpoint_url.`;
  }
  const text = textOf(error);
  const advice = awsRemedy(error);
  if (advice !== undefined) return `${sentence(text)} ${advice}`;
  if (!("$metadata" in error)) return undefined;
  if (UNREADABLE.test(text)) return `What answered in AWS's place is neither XML nor JSON (${readable(text)}). ${NETWORK_OR_PROXY}`;
  return `AWS refused: ${sentence(text)} (${error.name})`;
}

/** True if a call found no URL where the environment or a profile names an endpoint. */
export const isNoUrl = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ERR_INVALID_URL";

const textOf = (error: Error): string => ("code" in error && !error.message ? String(error.code) : error.message);

/** What to do about a failed call to AWS, without its reason; undefined for an error that nobody can correct from here. */
export function awsRemedy(error: Error): string | undefined {
  const said = `${textOf(error)} ${"code" in error ? error.code : ""}`;
  if (error.name === "CredentialsProviderError") return whoSignsIn();
  const byName = Object.hasOwn(BY_NAME, error.name) ? BY_NAME[error.name] : undefined;
  return byName ?? BY_WORDS.find(([words]) => words.test(said))?.[1];
}

const NETWORK_OR_PROXY = "Look at the address if one was set, and at the proxy if there is one.";

/** The SDK's message without its advice for programmers. */
export const readable = (text: string): string => text.replace(UNREADABLE, "");
