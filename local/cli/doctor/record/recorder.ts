import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { AwsOptions } from "../../../../src/clients/aws.ts";
import { lightFetch } from "../../../../src/clients/http.ts";
import { type Exchange, operationIn, serviceIn } from "../../../recording.ts";

/** Headers of answers that clients read. */
const KEPT = [
  "content-type",
  "x-amzn-errortype",
  "x-amzn-query-error",
  "x-amz-function-error",
  "x-amz-durable-execution-arn",
  "x-oauth-scopes",
];

/** A request and its answer, as the SDK's clients have them after they are signed. */
interface Sent {
  request: { method: string; path: string; query?: Record<string, string>; headers: Record<string, string>; body?: unknown };
}
interface Answered {
  response: { statusCode: number; headers: Record<string, string>; body: Readable };
}
interface Recordable {
  middlewareStack: {
    add(
      middleware: (next: (sent: Sent) => Promise<Answered>) => (sent: Sent) => Promise<Answered>,
      options: { step: "deserialize"; priority: "low"; name: string },
    ): void;
  };
}

/** Writes down what AWS and Slack answer, whole; what is not for others is taken out afterwards. */
export interface Recorder extends Required<Pick<AwsOptions, "equip">> {
  readonly exchanges: readonly Exchange[];
  /** Makes Slack's calls. */
  fetch: typeof fetch;
}

/** Creates a recorder, which hears the clients that it equips. */
export function createRecorder(): Recorder {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    equip(client) {
      (client as Recordable).middlewareStack.add(
        (next) => async (sent) => {
          const answer = await next(sent);
          const { statusCode: status, headers, body } = answer.response;
          const bytes = await buffer(body);
          exchanges.push({ ...askedOf(sent), status, headers: keptOf((name) => headers[name]), body: bytes.toString() });
          // Reads on after the deserializer, whose place is before this.
          return { ...answer, response: Object.assign(answer.response, { body: Readable.from([bytes]) }) };
        },
        { step: "deserialize", priority: "low", name: "recorder" },
      );
      return client;
    },
    async fetch(input, init) {
      const answer = await lightFetch(input, init);
      const operation = new URL(String(input)).pathname.split("/").at(-1) ?? "";
      const headers = keptOf((name) => answer.headers.get(name) ?? undefined);
      exchanges.push({ service: "slack", operation, request: "", status: answer.status, headers, body: await answer.text() });
      return answer;
    },
  };
}

function askedOf({ request: { method, path, query = {}, headers, body } }: Sent): Pick<Exchange, "service" | "operation" | "request"> {
  const search = new URLSearchParams(query).toString();
  const text = typeof body === "string" ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : "";
  const asked = { method, path: search === "" ? path : `${path}?${search}`, headers, body: text };
  return { service: serviceIn(headers["authorization"]) ?? "", operation: operationIn(asked), request: text };
}

function keptOf(valueIn: (name: string) => string | undefined): Record<string, string> {
  const values = KEPT.map((name) => [name, valueIn(name)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(values) as Record<string, string>;
}
