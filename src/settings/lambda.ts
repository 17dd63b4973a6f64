import { SettingsError } from "./settings-error.ts";

type Environment = Record<string, string | undefined>;

/** Where AWS is, and who calls it. */
export interface LambdaAws {
  region: string;
  /** Where a service is, by its id; at AWS's own endpoint if undefined. */
  endpointOf(id: string): string | undefined;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Where this function's log is. */
  logGroup?: string;
}

/** What a function learns of its invocations and of X-Ray. */
export interface LambdaTrace {
  /** The trace of the invocation under way, as X-Ray's header; undefined outside Lambda. */
  trace(): string | undefined;
  /** Host and port of X-Ray's daemon. */
  daemon: string;
}

// Source: X-Ray developer guide, "Running the X-Ray daemon".
const DAEMON = "127.0.0.1:2000";

/**
 * Region, endpoint and credentials, as Lambda sets them. Source: Lambda developer guide, "Defined runtime environment variables".
 *
 * @throws SettingsError that names every missing variable
 */
export function readLambdaAws(environment: Environment = process.env): LambdaAws {
  const names = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) throw new SettingsError(missing.map((name) => `${name} is not set.`).join(" "));
  const [region, accessKeyId, secretAccessKey] = names.map((name) => environment[name] ?? "") as [string, string, string];
  const credentials = { accessKeyId, secretAccessKey, sessionToken: environment["AWS_SESSION_TOKEN"] };
  return { region, endpointOf: endpointsIn(environment), credentials, logGroup: environment["AWS_LAMBDA_LOG_GROUP_NAME"] };
}

/** Where services are that are not at AWS's own endpoints. Source: AWS SDKs and Tools reference, "Service-specific endpoints". */
export const endpointsIn = (environment: Environment) => (id: string) =>
  environment[`AWS_ENDPOINT_URL_${id.toUpperCase().replaceAll(" ", "_")}`] || environment["AWS_ENDPOINT_URL"] || undefined;

/** Reads the trace anew for each invocation; there is none outside Lambda. */
export function traceOf(environment: Environment = process.env): string | undefined {
  return environment["AWS_LAMBDA_FUNCTION_NAME"] === undefined ? undefined : environment["_X_AMZN_TRACE_ID"];
}

/** How a function in Lambda is traced. */
export function readLambdaTrace(environment: Environment = process.env): LambdaTrace {
  return { trace: () => traceOf(environment), daemon: environment["AWS_XRAY_DAEMON_ADDRESS"] || DAEMON };
}

/** All that Lambda's environment says. @throws SettingsError as `readLambdaAws` does */
export function readLambda(environment: Environment = process.env): LambdaAws & LambdaTrace {
  return { ...readLambdaAws(environment), ...readLambdaTrace(environment) };
}
