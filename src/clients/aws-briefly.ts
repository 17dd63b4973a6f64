import type { AwsOptions } from "./aws.ts";
import { type AwsCall, AwsError, type AwsService, createSigned } from "./aws-signed.ts";

const TIMEOUT_MS = 1_000;

/** Creates the function that calls a service of AWS once, and once more if that may help and the request is not aborted, each for a second at most. */
export function createBriefCall(service: AwsService, options: AwsOptions): AwsCall {
  const { once } = createSigned(service, { ...options, timeoutMs: TIMEOUT_MS });
  return (request) =>
    once(request).catch((error: Error) => (isRefusal(error) || request.signal?.aborted ? Promise.reject(error) : once(request)));
}

const isRefusal = (error: Error): boolean =>
  error instanceof AwsError && error.$metadata.httpStatusCode < 500 && error.$metadata.httpStatusCode !== 429;
