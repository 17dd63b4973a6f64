import { randomUUID } from "node:crypto";

/** A refusal that an AWS service answers with HTTP 400. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The actions that a service plays, by their names: each answers a request's input, or throws a ServiceError. */
export type Actions = Readonly<Record<string, (input: Record<string, unknown>) => object>>;

/**
 * Plays an AWS service that speaks AWS JSON 1.1: answers one request; signatures are not looked at.
 *
 * Source: Smithy, "AWS JSON 1.1 protocol".
 */
export async function answerJson(actions: Actions, request: Request): Promise<Response> {
  const name = request.headers.get("x-amz-target")?.split(".").at(-1) ?? "";
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  try {
    if (!action)
      throw new ServiceError("UnknownOperationException", `The lab does not play "${name}", only ${Object.keys(actions).join(", ")}.`);
    return answer(200, action(inputOf(await request.text())));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return answer(400, { __type: error.code, message: error.message });
  }
}

function inputOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || "{}") as Record<string, unknown>;
  } catch {
    throw new ServiceError("SerializationException", `The body is not JSON: ${text.slice(0, 200)}`);
  }
}

function answer(status: number, body: object): Response {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
  return new Response(JSON.stringify(body), { status, headers });
}
