/** Where AWS is: left out, the SDK's own environment decides (region, endpoint, credentials). */
export interface AwsOptions {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Milliseconds that one attempt of a call may take; 5,000 where left out. */
  timeoutMs?: number;
  /** How often a call is tried by the SDK itself; 5 times where left out. */
  maxAttempts?: number;
  /** Puts a client's calls into a trace, and answers the same client. */
  traced?<Client>(client: Client): Client;
}

/**
 * Options for every SDK client of the guard: five attempts with jittered backoff, and timeouts that end a call.
 *
 * The SDK's `requestTimeout` only logs unless `throwOnRequestTimeout` is set.
 */
export function clientOptions({ timeoutMs = 5_000, maxAttempts = 5, traced: _, ...options }: AwsOptions) {
  return {
    ...options,
    maxAttempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  };
}

/** Makes a client of the SDK with the guard's options. */
export function awsClient<Client>(Sdk: new (options: ReturnType<typeof clientOptions>) => Client, options: AwsOptions): Client {
  const client = new Sdk(clientOptions(options));
  return options.traced?.(client) ?? client;
}
