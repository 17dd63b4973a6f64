import { randomUUID } from "node:crypto";
import type { FileQueue } from "./file-queue.ts";
import { deadLettersName, REGION } from "./names.ts";
import { ACTIONS } from "./sqs-actions.ts";
import type { NamedQueue } from "./sqs-attributes.ts";
import { SqsError } from "./sqs-error.ts";

/** The queues that a server answers for. */
export interface SqsServerOptions {
  /** By name; each brings its dead-letter queue `<name>-dead-letters` along. */
  queues: Readonly<Record<string, FileQueue>>;
  /** ap-northeast-1 where left out. */
  region?: string;
}

/** SQS on one machine. */
export interface SqsServer {
  /** Answers one request of the AWS JSON 1.0 protocol; signatures are not looked at. Queue URLs begin with the address it was sent to. */
  fetch(request: Request): Promise<Response>;
}

const TARGET = "AmazonSQS.";

/**
 * Plays SQS over queues on disk: the AWS SDKs and the AWS CLI work against it unchanged.
 *
 * Differences: it plays only the actions that `sqs-actions.ts` lists, and an empty ReceiveMessage answers at once, whatever its
 * WaitTimeSeconds.
 */
export function createSqsServer({ queues, region = REGION }: SqsServerOptions): SqsServer {
  const named = new Map(Object.entries(queues).flatMap(([name, queue]) => pair(name, queue, region)));
  return {
    async fetch(request) {
      try {
        const name = request.headers.get("x-amz-target")?.replace(TARGET, "") ?? "";
        const action = ACTIONS.get(name);
        if (!action) throw unknownAction(name);
        return answer(200, (await action(await inputOf(request), { queues: named, base: new URL(request.url).origin })) ?? {});
      } catch (error) {
        return refusal(error);
      }
    },
  };
}

function pair(name: string, queue: FileQueue, region: string): [string, NamedQueue][] {
  const deadName = deadLettersName(name);
  return [
    [name, { name, region, queue, deadLettersName: deadName }],
    [deadName, { name: deadName, region, queue: queue.deadLetters }],
  ];
}

async function inputOf(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new SqsError("SerializationException", `The body is not JSON: ${text.slice(0, 200)}`);
  }
}

function unknownAction(name: string): SqsError {
  const played = [...ACTIONS.keys()].join(", ");
  return new SqsError("UnknownOperationException", `The queue on this machine does not play the action "${name}". It plays ${played}.`);
}

function refusal(error: unknown): Response {
  if (error instanceof SqsError) {
    const { type, message, status, queryCode } = error;
    return answer(status, { __type: type, message }, { "x-amzn-query-error": `${queryCode};Sender` });
  }
  const message = error instanceof Error ? error.message : String(error);
  const body = { __type: "com.amazon.coral.service#InternalFailure", message };
  return answer(500, body, { "x-amzn-query-error": "InternalFailure;Receiver" });
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID(), ...headers },
  });
}
