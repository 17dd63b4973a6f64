import type { AwsOptions } from "../src/clients/aws.ts";

/** One HTTP call as a client made it; times are those of `performance.now()`. */
export interface WireCall {
  service: "dynamodb" | "events" | "rds" | "secretsmanager" | "slack" | "sqs";
  /** The operation in the service's own word: `GetItem`, `DescribeEvents`, `chat.postMessage`. */
  action: string;
  /** JSON; a form where the service is RDS or Slack. */
  body: string;
  status: number;
  begun: number;
  ended: number;
}

/** Is told of every call once it is answered. */
export type Listen = (call: WireCall) => void;

/** What the wire calls are called in counts: `dynamodb GetItem`. */
export const kindOf = ({ service, action }: Pick<WireCall, "service" | "action">): string => `${service} ${action}`;

interface Request {
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

interface Handler {
  handle(request: Request, options?: unknown): Promise<{ response: { statusCode: number } }>;
}

interface Extensible {
  httpHandler(): Handler;
}

/** The options with a runtime extension of the SDK's that tells `listen` of every call of the client made with them. */
export function tapped(options: AwsOptions, listen: Listen): AwsOptions {
  const extension = {
    configure(client: Extensible) {
      const handler = client.httpHandler();
      const handle = handler.handle.bind(handler);
      handler.handle = async (request, handlerOptions) => {
        const begun = performance.now();
        const answer = await handle(request, handlerOptions);
        const body = typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
        listen({ ...operationOf(request, body), body, begun, ended: performance.now(), status: answer.response.statusCode });
        return answer;
      };
    },
  };
  // The guard's own options have no field for it, and pass what they are given on to the SDK.
  const extended: AwsOptions & { extensions: (typeof extension)[] } = { ...options, extensions: [extension] };
  return extended;
}

/** The services that name themselves in the header `x-amz-target`. */
const TARGETS: Record<string, WireCall["service"]> = {
  AmazonSQS: "sqs",
  AWSEvents: "events",
  DynamoDB_20120810: "dynamodb",
  secretsmanager: "secretsmanager",
};

/** The operation that a header `x-amz-target` names. @throws Error for a service that the bench does not know. */
export function operationIn(target: string): Pick<WireCall, "service" | "action"> {
  const [name = "", action = ""] = target.split(".");
  const service = TARGETS[name];
  if (!service) throw new Error(`The bench does not know the service of "${target}": give it a line in bench/wire.ts.`);
  return { service, action };
}

function operationOf({ headers }: Request, body: string): Pick<WireCall, "service" | "action"> {
  const target = headers["x-amz-target"];
  return target === undefined ? { service: "rds", action: new URLSearchParams(body).get("Action") ?? "" } : operationIn(target);
}

/** Runs `make`; a WebClient made by it tells `listen` of every call. It takes the global fetch of that moment. */
export function withTappedFetch<T>(listen: Listen, make: () => T): T {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const begun = performance.now();
    const answer = await fetch(input, init);
    const action = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    listen({ service: "slack", action, body: String(init?.body), begun, ended: performance.now(), status: answer.status });
    return answer;
  };
  try {
    return make();
  } finally {
    globalThis.fetch = fetch;
  }
}
