export const SIGN_IN = "Sign in to AWS (aws sso login, aws configure), or name a profile in AWS_PROFILE.";
export const NETWORK = "It cannot be reached from here: look at the network, and at the address if one was set.";

const PERMISSION = "Whoever signs in lacks a permission: docs/permissions.md lists what is needed.";

/** What to do, by the name of the error that is the cause. Source: RDS API and STS API, "Common Errors"; AWS SDK for JavaScript. */
const BY_NAME: Readonly<Record<string, string>> = {
  CredentialsProviderError: SIGN_IN,
  UnrecognizedClientException: SIGN_IN,
  ExpiredToken: SIGN_IN,
  ExpiredTokenException: SIGN_IN,
  InvalidClientTokenId: SIGN_IN,
  SignatureDoesNotMatch: SIGN_IN,
  InvalidSignatureException: SIGN_IN,
  IncompleteSignatureException: SIGN_IN,
  AccessDenied: PERMISSION,
  AccessDeniedException: PERMISSION,
  ResourceNotFoundException: "Look at the table's name, and at the region: BLUEGREEN_GUARD_TABLE, AWS_REGION.",
  TimeoutError: NETWORK,
};

const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/region is missing/i, "Name the region: AWS_REGION."],
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, NETWORK],
];

/** What a failure of a call to AWS was and what to do; nothing for what is no such failure. */
export function awsAdvice(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = "code" in error && !error.message ? String(error.code) : error.message;
  const advice =
    (Object.hasOwn(BY_NAME, error.name) ? BY_NAME[error.name] : undefined) ??
    BY_WORDS.find(([words]) => words.test(`${text} ${"code" in error ? error.code : ""}`))?.[1];
  if (advice !== undefined) return `${text} ${advice}`;
  return "$metadata" in error ? `AWS refused: ${text} (${error.name})` : undefined;
}
