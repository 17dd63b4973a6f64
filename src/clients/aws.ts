import type { send } from "./http.ts";
import { NoAnswerError } from "./no-answer.ts";
import type { CallPart } from "./tracing.ts";

/** Who calls AWS. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * Where AWS is. Of what is omitted (region, endpoint, credentials) the environment decides, for clients of the SDK; those without it need
 * region and credentials.
 */
export interface AwsOptions {
  endpoint?: string;
  /** Where a service is that is called without the SDK, by its id, in place of `endpoint`. */
  endpointOf?(id: string): string | undefined | Promise<string | undefined>;
  region?: string | (() => Promise<string>);
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>);
  /** Milliseconds that one attempt of a call may take; 5,000 if omitted. */
  timeoutMs?: number;
  /** How many attempts a client itself makes per call; 5 if omitted. */
  maxAttempts?: number;
  /** The SDK's own options beside these. */
  sdk?: Record<string, unknown>;
  /** Adds middleware to a client of the SDK, such as tracing, and returns the same client. */
  equip?<Client>(client: Client): Client;
  /** Starts the part of a trace for a call that is made without the SDK. */
  trace?(service: string, operation: string): CallPart;
  /** Sends the calls that are made without the SDK; `send` of `http.ts` if omitted. */
  send?: typeof send;
}

/**
 * Options for every SDK client of the guard: five attempts with jittered backoff, and timeouts that end a call.
 *
 * The SDK's `requestTimeout` only logs unless `throwOnRequestTimeout` is set.
 */
export function clientOptions({
  timeoutMs = 5_000,
  maxAttempts = 5,
  equip: _,
  trace: __,
  send: ___,
  endpointOf: ____,
  sdk,
  ...options
}: AwsOptions) {
  return {
    ...sdk,
    ...options,
    maxAttempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  };
}

/** Options of the SDK's for a function, so that it looks for nothing in a person's files, of which Lambda has none. */
export const WITHOUT_FILES = {
  defaultsMode: "standard",
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  ignoreConfiguredEndpointUrls: true,
  authSchemePreference: [],
  userAgentAppId: async () => undefined,
};

/** What every SDK client has, as far as what it answers is concerned. */
interface Answering {
  config: { serviceId: string };
  middlewareStack: {
    add(
      middleware: <Args, Output extends { output: object; response: unknown }>(
        next: (args: Args) => Promise<Output>,
        context: { commandName?: string },
      ) => (args: Args) => Promise<Output>,
      options: { step: "initialize"; priority: "low"; name: string },
    ): void;
  };
}

// A function without reserved concurrency. Source: Lambda API, GetFunctionConcurrency.
const MAY_SAY_NOTHING = new Set(["GetFunctionConcurrencyCommand"]);

/** Has a client throw NoAnswerError where the SDK finds nothing in an answer: it reads a page of somebody else's as "there is none". */
function strict<Client>(client: Client): Client {
  const { config, middlewareStack } = client as Answering;
  middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const result = await next(args);
        const { $metadata: _, ...said } = result.output as Record<string, unknown>;
        if (MAY_SAY_NOTHING.has(commandName) || Object.values(said).some((it) => it !== undefined)) return result;
        const { headers = {} } = result.response as { headers?: Record<string, string> };
        const came = `${headers["content-type"] ?? "of no stated type"}, with nothing in it that ${config.serviceId} would say`;
        throw new NoAnswerError(config.serviceId, commandName.replace(/Command$/, ""), came);
      },
    { step: "initialize", priority: "low", name: "strict" },
  );
  return client;
}

/** Creates an SDK client with the guard's options. Its calls throw NoAnswerError if something else has answered in AWS's place. */
export function awsClient<Client>(Sdk: new (options: ReturnType<typeof clientOptions>) => Client, options: AwsOptions): Client {
  const client = strict(new Sdk(clientOptions(options)));
  return options.equip?.(client) ?? client;
}
