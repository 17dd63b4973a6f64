import { type Exchange, operationIn, type Recording, serviceIn } from "../local/recording.ts";

/** Answers a request as it was answered in a recording; undefined for one that is not in there. */
export type Recorded = (request: Request) => Promise<Response | undefined>;

/**
 * Plays what `doctor --record` wrote: a request gets the answers to the same request in their order, and the last one again from then on; one
 * that differs, such as in a time, those of the same operation.
 */
export function playRecording({ exchanges }: Recording): Recorded {
  const left = Map.groupBy(exchanges, keyOf);
  const ofOperation = Map.groupBy(exchanges, ({ service, operation }) => `${service} ${operation}`);
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const service = serviceIn(request.headers.get("authorization") ?? undefined) ?? "slack";
    const body = await request.clone().text();
    const asked = { method: request.method, path: `${pathname}${search}`, headers: Object.fromEntries(request.headers), body };
    const operation = service === "slack" ? (pathname.split("/").at(-1) ?? "") : operationIn(asked);
    const answers = left.get(keyOf({ service, operation, request: body })) ?? ofOperation.get(`${service} ${operation}`);
    const answer = answers && (answers.length > 1 ? answers.shift() : answers[0]);
    return answer && new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}

const keyOf = ({ service, operation, request }: Pick<Exchange, "service" | "operation" | "request">): string =>
  `${service} ${operation} ${request}`;
