import type { AwsOptions } from "../src/clients/aws.ts";
import { lightFetch, send as overHttp } from "../src/clients/http.ts";

/** One HTTP call as a client made it; times are those of `performance.now()`. */
export interface WireCall {
  service: "dynamodb" | "events" | "lambda" | "monitoring" | "rds" | "secretsmanager" | "slack" | "sqs";
  /** The operation in the service's own word: `GetItem`, `DescribeEvents`, `chat.postMessage`. */
  action: string;
  /** JSON; a form where the service is RDS or Slack. */
  body: string;
  status: number;
  begun: number;
  ended: number;
}

/** Called for every call once it is answered. */
export type Listen = (call: WireCall) => void;

/** The name of a wire call in counts: `dynamodb GetItem`. */
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

/** The options such that every call of a client made with them, the SDK's or one without it, is reported to `listen`. */
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
  const send: typeof overHttp = async (request) => {
    const { headers, body } = request;
    const begun = performance.now();
    const answer = await overHttp(request);
    listen({ ...operationOf({ headers }, body), body, begun, ended: performance.now(), status: answer.statusCode });
    return answer;
  };
  // The guard's own options have no field for an extension, but are passed on to the SDK.
  const extended: AwsOptions & { extensions: (typeof extension)[] } = { ...options, extensions: [extension], send };
  return extended;
}

/** The services that name themselves in the header `x-amz-target`. */
const TARGETS: Record<string, WireCall["service"]> = {
  AmazonSQS: "sqs",
  AWSEvents: "events",
  DynamoDB_20120810: "dynamodb",
  GraniteServiceVersion20100801: "monitoring",
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

/** What makes Slack's calls, and reports every one to `listen`. */
export function tappedFetch(listen: Listen): typeof fetch {
  return async (input, init) => {
    const begun = performance.now();
    const answer = await lightFetch(input, init);
    const action = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    listen({ service: "slack", action, body: String(init?.body), begun, ended: performance.now(), status: answer.status });
    return answer;
  };
}
