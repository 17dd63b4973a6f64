import { setTimeout } from "node:timers/promises";
import type { AwsOptions } from "./aws.ts";
import { type AwsCall, type AwsService, createSigned, type JsonService, overJson } from "./aws-signed.ts";
import type { HttpAnswer } from "./http.ts";
import { isThrottled, isTransient } from "./transient.ts";

const BASE_MS = { throttled: 500, other: 100 };
const LONGEST_WAIT_MS = 20_000;

/**
 * Creates the function that calls a service of AWS without its SDK, in as many attempts as the options say.
 *
 * It repeats what the SDK repeats, with the same jittered backoff, and signs by AWS's clock once AWS has refused this machine's.
 */
export function createAwsCall(service: AwsService, options: AwsOptions): AwsCall {
  const { maxAttempts = 5 } = options;
  const { once, clockCorrected } = createSigned(service, options);
  const persistently: AwsCall = async (request): Promise<HttpAnswer> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await once(request);
      } catch (thrown) {
        const error = thrown as Error;
        if (attempts >= maxAttempts || request.signal?.aborted || !(clockCorrected(error) || isTransient(error))) throw error;
        const base = isThrottled(error) ? BASE_MS.throttled : BASE_MS.other;
        await setTimeout(Math.random() * Math.min(LONGEST_WAIT_MS, base * 2 ** (attempts - 1)), undefined, { signal: request.signal });
      }
    }
  };
  return async (request) => {
    const part = options.trace?.(service.id, request.operation);
    if (!part) return persistently(request);
    return part.run(() => persistently({ ...request, headers: { ...request.headers, ...part.header } }));
  };
}

/** The same by the service's JSON protocol. */
export const createAwsJson = (service: JsonService, options: AwsOptions) => overJson(service, createAwsCall(service, options));

/** What calls a service by its JSON protocol. */
export type AwsJson = ReturnType<typeof overJson>;

/** True if AWS answered with this code, or the SDK threw an error of this name. */
export const isError = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
