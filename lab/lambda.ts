import { randomUUID } from "node:crypto";
import type { Clock } from "../local/clock.ts";

const RETRIES_AFTER_MS = [60_000, 120_000];

/**
 * Plays Lambda's asynchronous Invoke of one function: accepts the event immediately, and retries twice if it fails.
 *
 * Source: Lambda API, Invoke; Lambda Developer Guide, "Asynchronous invocation", retries after one and two minutes.
 */
export function answerLambda(name: string, clock: Clock, invoke: (event: unknown) => Promise<void>) {
  async function run(event: unknown): Promise<void> {
    for (const wait of [...RETRIES_AFTER_MS, undefined]) {
      try {
        return await invoke(event);
      } catch {
        // The function's own log says why.
        if (wait !== undefined) await clock.until(clock.now() + wait);
      }
    }
  }
  return async (request: Request): Promise<Response> => {
    const headers = { "content-type": "application/json", "x-amzn-requestid": randomUUID() };
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || pathname !== `/2015-03-31/functions/${name}/invocations`) {
      const type = { ...headers, "x-amzn-errortype": "ResourceNotFoundException" };
      return Response.json({ Type: "User", Message: `Function not found: ${pathname}` }, { status: 404, headers: type });
    }
    const event: unknown = JSON.parse(await request.text());
    void clock.work(() => run(event));
    return new Response(null, { status: 202, headers });
  };
}
