import aws4 from "aws4";
import { dnsSuffixOf } from "../deployments/arn.ts";
import type { AwsOptions } from "./aws.ts";
import { type HttpAnswer, send as overHttp } from "./http.ts";
import { cameWords, NoAnswerError } from "./no-answer.ts";

/** A service that is called without the SDK: its name in signatures, and its id in X-Ray and in AWS's environment variables. */
export interface AwsService {
  name: string;
  id: string;
}

/** What is sent to a service: a POST to "/" if omitted. */
export interface AwsRequest {
  operation: string;
  method?: "GET" | "POST";
  path?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Where it is reached if the options do not say so; the service's own endpoint if omitted. */
  origin?: string;
  signal?: AbortSignal;
}

/** An error that AWS answered, in the SDK's form: its name is AWS's code. */
export class AwsError extends Error {
  override readonly name: string;
  readonly $metadata: { httpStatusCode: number; requestId?: string };
  /** AWS's time when it answered, in milliseconds since 1970; NaN if the answer has no date. */
  readonly answeredAt: number;

  constructor(name: string, message: string, { statusCode, headers }: HttpAnswer) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode: statusCode, requestId: headers["x-amzn-requestid"] };
    this.answeredAt = Date.parse(headers["date"] ?? "");
  }
}

/** Makes a signed call. @throws AwsError for an error from AWS, Node's error if there is no answer */
export type AwsCall = (request: AwsRequest) => Promise<HttpAnswer>;

/** A client that makes each call once. */
export interface SignedOnce {
  once: AwsCall;
  /** True if AWS refused the call for the time in it, which the next one has right. */
  clockCorrected(error: Error): boolean;
}

// Source: the SDK's own list of codes that can mean a wrong clock, and of how wrong it must be.
const CLOCK_CODES = ["InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed", "SignatureDoesNotMatch"];
const CLOCK_MAY_BE_OFF_MS = 240_000;

/** Creates what signs calls of a service, without its SDK, and makes them; docs/decisions/0009 says where and why. */
export function createSigned({ name: service, id }: AwsService, options: AwsOptions): SignedOnce {
  const { timeoutMs = 5_000, send = overHttp } = options;
  let offsetMs = 0;
  async function once({ method = "POST", path = "/", body = "", ...asked }: AwsRequest): Promise<HttpAnswer> {
    const [region, credentials] = await Promise.all([given(options.region), given(options.credentials)]);
    if (region === undefined || credentials === undefined) throw new Error(`The client of ${id} was given no region or no credentials.`);
    const url = new URL(path, (await options.endpointOf?.(id)) ?? options.endpoint ?? asked.origin ?? ownEndpoint(service, region));
    const amzDate = new Date(Date.now() + offsetMs).toISOString().replace(/[:-]|\.\d{3}/g, "");
    const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const unsigned = { ...asked.headers, ...length, "x-amz-date": amzDate, host: url.host };
    const request = { service, region, method, path: url.pathname, headers: unsigned, body };
    const signed = aws4.sign(request, credentials);
    const answer = await send({
      url,
      method,
      headers: signed.headers as Record<string, string>,
      body,
      timeoutMs,
      signal: asked.signal,
    });
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
    throw errorOf(answer);
  }

  /** True if AWS refused the call for the time in it, which the next one has right. */
  function clockCorrected(error: Error): boolean {
    if (!(error instanceof AwsError) || !CLOCK_CODES.includes(error.name)) return false;
    const offBy = error.answeredAt - Date.now();
    if (Number.isNaN(offBy) || Math.abs(offBy - offsetMs) < CLOCK_MAY_BE_OFF_MS) return false;
    offsetMs = offBy;
    return true;
  }

  return { once, clockCorrected };
}

/** What a call by a service's JSON protocol has beside its input. */
export interface JsonMore extends Pick<AwsRequest, "origin" | "signal"> {
  /** What is in every answer to the operation; false if there need be nothing at all. Any JSON object will do if omitted. */
  needs?: string | false;
}

/** Has a service called by its JSON protocol; `Output` is what it answers. @throws NoAnswerError if something else has answered */
export function overJson(service: JsonService, call: AwsCall) {
  return async <Output>(operation: string, input: object, { needs, ...more }: JsonMore = {}): Promise<Output> => {
    const headers = { "content-type": `application/x-amz-json-${service.version}`, "x-amz-target": `${service.target}.${operation}` };
    const answer = await call({ operation, headers, body: JSON.stringify(input), ...more });
    const said = answer.body.toString();
    const output = said === "" && needs === false ? {} : objectIn(said);
    if (output !== undefined && (!needs || output[needs] !== undefined)) return output as Output;
    throw new NoAnswerError(service.id, operation, cameWords(answer.headers["content-type"], said));
  };
}

/** A service with a JSON protocol, which names its operations below a target. */
export interface JsonService extends AwsService {
  target: string;
  version: "1.0" | "1.1";
}

async function given<T>(value: T | (() => Promise<T>) | undefined): Promise<T | undefined> {
  return typeof value === "function" ? (value as () => Promise<T>)() : value;
}

const ownEndpoint = (service: string, region: string): string => `https://${service}.${region}.${dnsSuffixOf(region)}`;

function errorOf(answer: HttpAnswer): AwsError {
  const { statusCode, headers, body } = answer;
  const text = body.toString();
  const said = objectIn(text) ?? {};
  const code = String(headers["x-amzn-errortype"] ?? said["__type"] ?? said["code"] ?? `HTTP ${statusCode}`);
  const message = String(said["message"] ?? said["Message"] ?? text.slice(0, 200));
  const name = code.slice(code.lastIndexOf("#") + 1).split(":")[0] ?? code;
  return new AwsError(name, message, answer);
}

/** The object that a text is as JSON; undefined if it is none. */
function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
