import { randomUUID } from "node:crypto";
import type { Clock } from "../local/clock.ts";
import type { Executions } from "../src/clients/executions.ts";

const RETRIES_AFTER_MS = [60_000, 120_000];

const EXECUTION = /^\/2025-12-01\/durable-executions\/([^/]+)(\/stop)?$/;
const CALLBACK = /^\/2025-12-01\/durable-execution-callbacks\/([^/]+)\/succeed$/;

/** What Lambda is played for. */
export interface PlayedLambda {
  /** Runs the function. */
  invoke(event: unknown): Promise<void>;
  /** The durable executions, if they are known here. */
  executions(): Pick<Executions, "read" | "stop" | "wake"> | undefined;
}

/**
 * Plays Lambda's asynchronous Invoke of one function: accepts the event immediately, and retries twice if it fails. Also says how durable
 * executions stand, stops them, and wakes them.
 *
 * Source: Lambda API, Invoke, GetDurableExecution, StopDurableExecution and SendDurableExecutionCallbackSuccess; Lambda Developer Guide, "Asynchronous invocation", retries after
 * one and two minutes.
 */
export function answerLambda(name: string, clock: Clock, { invoke, executions }: PlayedLambda) {
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
    const [, arn, stop] = EXECUTION.exec(pathname) ?? [];
    if (arn !== undefined) return answerExecution(decodeURIComponent(arn), stop !== undefined, executions(), headers);
    const [, callback] = CALLBACK.exec(pathname) ?? [];
    if (callback !== undefined) return answerCallback(decodeURIComponent(callback), executions(), headers);
    if (request.method !== "POST" || pathname !== `/2015-03-31/functions/${name}/invocations`) {
      const type = { ...headers, "x-amzn-errortype": "ResourceNotFoundException" };
      return Response.json({ Type: "User", Message: `Function not found: ${pathname}` }, { status: 404, headers: type });
    }
    if (request.headers.get("x-amz-invocation-type") === "DryRun") return new Response(null, { status: 204, headers });
    const event: unknown = JSON.parse(await request.text());
    void clock.work(() => run(event));
    return new Response(null, { status: 202, headers });
  };
}

async function answerExecution(
  arn: string,
  isStop: boolean,
  executions: ReturnType<PlayedLambda["executions"]>,
  headers: Record<string, string>,
): Promise<Response> {
  if (!executions) return refused("AccessDeniedException", 403, arn, headers);
  const execution = await executions.read(arn);
  if (!execution) return refused("ResourceNotFoundException", 404, arn, headers);
  if (!isStop) {
    const { status: Status, input: InputPayload, result: Result } = execution as typeof execution & { result?: string };
    return Response.json({ DurableExecutionArn: arn, Status, InputPayload, Result }, { headers });
  }
  await executions.stop(arn);
  return Response.json({ StopTimestamp: Date.now() / 1_000 }, { headers });
}

async function answerCallback(
  callback: string,
  executions: ReturnType<PlayedLambda["executions"]>,
  headers: Record<string, string>,
): Promise<Response> {
  if (!executions) return refused("AccessDeniedException", 403, callback, headers);
  if (!(await executions.wake(callback))) return refused("CallbackTimeoutException", 400, callback, headers);
  return Response.json({}, { headers });
}

function refused(type: string, status: number, what: string, headers: Record<string, string>): Response {
  return Response.json({ Type: "User", Message: `${type}: ${what}` }, { status, headers: { ...headers, "x-amzn-errortype": type } });
}
