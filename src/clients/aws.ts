/** Where AWS is; the SDK's own environment decides what is omitted (region, endpoint, credentials). */
export interface AwsOptions {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Milliseconds that one attempt of a call may take; 5,000 if omitted. */
  timeoutMs?: number;
  /** How many attempts the SDK itself makes per call; 5 if omitted. */
  maxAttempts?: number;
  /** Adds middleware to a client, such as tracing, and returns the same client. */
  equip?<Client>(client: Client): Client;
}

/**
 * Options for every SDK client of the guard: five attempts with jittered backoff, and timeouts that end a call.
 *
 * The SDK's `requestTimeout` only logs unless `throwOnRequestTimeout` is set.
 */
export function clientOptions({ timeoutMs = 5_000, maxAttempts = 5, equip: _, ...options }: AwsOptions) {
  return {
    ...options,
    maxAttempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  };
}

/** Creates an SDK client with the guard's options. */
export function awsClient<Client>(Sdk: new (options: ReturnType<typeof clientOptions>) => Client, options: AwsOptions): Client {
  const client = new Sdk(clientOptions(options));
  return options.equip?.(client) ?? client;
}
