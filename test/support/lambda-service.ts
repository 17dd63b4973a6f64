import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { json } from "node:stream/consumers";
import type { CheckpointDurableExecutionRequest, OperationUpdate } from "@aws/durable-execution-sdk-js";
import { addressOf } from "../../lab/server.ts";
import { apply } from "../../local/engine/apply.ts";
import { type Execution, type ExecutionStatus, iso } from "../../local/engine/execution.ts";
import { STALE_TOKEN } from "../../src/clients/durable-client.ts";

/** Lambda's own API on 127.0.0.1, as far as a durable function calls it: its executions, and who asked for them. */
export interface LambdaService {
  url: string;
  /** The executions by ARN. */
  executions: Map<string, Execution>;
  /** Every call in order, without the ARN: `POST checkpoint`, `GET`. */
  calls: string[];
  /** Adds an execution of the recreate function, and answers its ARN. */
  add(name: string, input: unknown, status?: ExecutionStatus): string;
  /** The event with which Lambda invokes a durable function; the token of an earlier event is stale from then on. */
  eventOf(arn: string): object;
  /** Asked at each checkpoint: whether another invocation has come between, so that the token is not the last one any more. */
  isSuperseded(): boolean;
  close(): Promise<void>;
}

const PATH = /^\/2025-12-01\/durable-executions\/([^/]+)(?:\/(\w+))?/;

/** Starts the service. Source: Lambda API, GetDurableExecution, StopDurableExecution and
 * CheckpointDurableExecution. */
export async function openLambdaService(): Promise<LambdaService> {
  const executions = new Map<string, Execution>();
  const calls: string[] = [];
  const tokens = new Map<string, string>();
  const server: Server = createServer(async (request, response) => {
    const [, arn = "", action = ""] = PATH.exec(request.url ?? "") ?? [];
    calls.push(`${request.method} ${action}`.trim());
    const execution = executions.get(decodeURIComponent(arn));
    const send = (status: number, answer: object, error?: string) => {
      const head = { "content-type": "application/json", ...(error !== undefined && { "x-amzn-errortype": error }) };
      response.writeHead(status, head).end(JSON.stringify(answer));
    };
    if (!execution) return send(404, { Type: "User", Message: "?" }, "ResourceNotFoundException");
    if (action === "stop") {
      execution.status = "STOPPED";
      return send(200, { StopTimestamp: Date.now() / 1_000 });
    }
    if (action !== "checkpoint") return send(200, described(execution));
    const { Updates = [], CheckpointToken } = (await json(request)) as CheckpointDurableExecutionRequest;
    if (service.isSuperseded()) tokens.set(execution.arn, randomUUID());
    if (CheckpointToken !== tokens.get(execution.arn)) return send(400, { Type: "User", message: STALE_TOKEN.message }, STALE_TOKEN.name);
    send(200, checkpoint(execution, Updates, next(execution.arn)));
  });
  const next = (arn: string): string => {
    const token = randomUUID();
    tokens.set(arn, token);
    return token;
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const service: LambdaService = {
    url: addressOf(server),
    executions,
    calls,
    add(name, input, status = "RUNNING") {
      const arn = `arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:7/durable-execution/${name}/${name}`;
      const started = { Id: name, Type: "EXECUTION", Status: "STARTED", StartTimestamp: iso(Date.now()) } as const;
      const operations = [{ ...started, ExecutionDetails: { InputPayload: JSON.stringify(input) } }];
      const counts = { invocations: 0, checkpoints: 0, metered: 0, startedAt: Date.now(), timers: [] };
      executions.set(arn, { ...counts, arn, name, workflow: "recreate", status, input: JSON.stringify(input), operations });
      return arn;
    },
    eventOf(arn) {
      const Operations = executions.get(arn)?.operations ?? [];
      return { DurableExecutionArn: arn, CheckpointToken: next(arn), InitialExecutionState: { Operations } };
    },
    isSuperseded: () => false,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return service;
}

function checkpoint(execution: Execution, Updates: readonly OperationUpdate[], CheckpointToken: string): object {
  for (const update of Updates) apply(execution, update, Date.now());
  const changed = execution.operations.filter(({ Id }) => Updates.some((update) => update.Id === Id));
  return { CheckpointToken, NewExecutionState: { Operations: changed.map((it) => withSeconds(it)) } };
}

function described({ arn, name, status, input, startedAt }: Execution): object {
  const DurableExecutionArn = arn;
  return { DurableExecutionArn, DurableExecutionName: name, Status: status, InputPayload: input, StartTimestamp: startedAt / 1_000 };
}

/** On the wire times are seconds since 1970. */
function withSeconds(value: object): object {
  const entries = Object.entries(value).map(([key, it]) => {
    if (typeof it === "string" && key.endsWith("Timestamp")) return [key, Date.parse(it) / 1_000];
    return [key, typeof it === "object" && it !== null && !Array.isArray(it) ? withSeconds(it) : it];
  });
  return Object.fromEntries(entries);
}
