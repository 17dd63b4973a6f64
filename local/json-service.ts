import { randomUUID } from "node:crypto";

/** An error that an AWS service returns with HTTP 400. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The actions of a service that is played, by name: each returns the response to a request's input, or throws a ServiceError. */
export type Actions = Readonly<Record<string, (input: Record<string, unknown>) => object>>;

/**
 * Answers one request as an AWS service that speaks AWS JSON, in the version that was asked in; does not check signatures.
 *
 * Source: Smithy, "AWS JSON 1.0 protocol", "AWS JSON 1.1 protocol" and "AWS Query-compatible trait".
 */
export async function answerJson(actions: Actions, request: Request): Promise<Response> {
  const type = request.headers.get("content-type") ?? "application/x-amz-json-1.1";
  const name = request.headers.get("x-amz-target")?.split(".").at(-1) ?? "";
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  try {
    if (!action)
      throw new ServiceError("UnknownOperationException", `The lab does not play "${name}", only ${Object.keys(actions).join(", ")}.`);
    return answer(200, type, action(inputOf(await request.text())));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    // A service that once spoke AWS Query repeats its old code to who asks for it.
    const old = request.headers.get("x-amzn-query-mode") === "true" ? { "x-amzn-query-error": `${error.code};Sender` } : undefined;
    return answer(400, type, { __type: error.code, message: error.message }, old);
  }
}

function inputOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || "{}") as Record<string, unknown>;
  } catch {
    throw new ServiceError("SerializationException", `The body is not JSON: ${text.slice(0, 200)}`);
  }
}

function answer(status: number, type: string, body: object, more: Record<string, string> = {}): Response {
  const headers = { "content-type": type, "x-amzn-requestid": randomUUID(), ...more };
  return new Response(JSON.stringify(body), { status, headers });
}
