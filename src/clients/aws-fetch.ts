import { AwsClient } from "aws4fetch";

/** Where AWS is, and who calls it. */
export interface AwsFetchOptions {
  region?: string;
  /** Each service's own AWS endpoint if omitted. */
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** A call that AWS did not accept. */
export class AwsFetchError extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

// Two seconds for both tries leave time to answer Slack within the three seconds that it waits.
const TIMEOUT_MS = 1_000;
const RETRIES = 1;

/** Makes one signed POST to an AWS service. @throws AwsFetchError for an error from AWS; what fetch throws if two seconds pass */
export type AwsPost = (service: string, path: string, headers: Record<string, string>, body: string) => Promise<Response>;

/**
 * Creates the function that posts to AWS without its SDK, which takes longer to load than everything else that the entrance for Slack does;
 * docs/decisions/0009 has the figures.
 */
export function createAwsPost({ region = "", endpoint, credentials = { accessKeyId: "", secretAccessKey: "" } }: AwsFetchOptions): AwsPost {
  const client = new AwsClient({ ...credentials, region, retries: RETRIES, initRetryMs: 50 });
  return async (service, path, headers, body) => {
    const url = `${endpoint ?? `https://${service}.${region}.amazonaws.com`}${path}`;
    const signal = AbortSignal.timeout(2 * TIMEOUT_MS);
    const response = await client.fetch(url, { method: "POST", headers, body, signal, redirect: "manual", aws: { service } });
    if (response.ok) return response;
    throw await errorOf(response);
  };
}

async function errorOf(response: Response): Promise<AwsFetchError> {
  const text = await response.text();
  const body = parsed(text);
  const code = String(response.headers.get("x-amzn-errortype") ?? body["__type"] ?? `HTTP ${response.status}`);
  const message = body["message"] ?? body["Message"] ?? text.slice(0, 200);
  return new AwsFetchError(code.split(/[#:]/).at(code.includes("#") ? -1 : 0) ?? code, String(message), response.status);
}

function parsed(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) } as Record<string, unknown>;
  } catch {
    return {};
  }
}
