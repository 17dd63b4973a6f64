import { createServer, type IncomingMessage, type Server } from "node:http";
import { json } from "node:stream/consumers";
import type { CheckpointDurableExecutionRequest } from "@aws/durable-execution-sdk-js";
import { addressOf } from "../../lab/server.ts";
import { apply } from "../../local/engine/apply.ts";
import { type Execution, type ExecutionStatus, iso } from "../../local/engine/execution.ts";

/** Lambda's own API on 127.0.0.1, as far as a durable function calls it: its executions, and who asked for them. */
export interface LambdaService {
  url: string;
  /** The executions by ARN. */
  executions: Map<string, Execution>;
  /** Every call in order, without the ARN: `POST checkpoint`, `GET`. */
  calls: string[];
  /** Adds an execution of the recreate function, and answers its ARN. */
  add(name: string, input: unknown, status?: ExecutionStatus): string;
  /** The event with which Lambda invokes a durable function. */
  eventOf(arn: string): object;
  close(): Promise<void>;
}

const PATH = /^\/2025-12-01\/durable-executions\/([^/]+)(?:\/(\w+))?/;
const TOKEN = "the-checkpoint-token";

/** Starts the service. Source: Lambda API, GetDurableExecution and CheckpointDurableExecution. */
export async function openLambdaService(): Promise<LambdaService> {
  const executions = new Map<string, Execution>();
  const calls: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const [, arn = "", action = ""] = PATH.exec(request.url ?? "") ?? [];
    calls.push(`${request.method} ${action}`.trim());
    const execution = executions.get(decodeURIComponent(arn));
    const answer = execution && (await (action === "checkpoint" ? checkpoint(execution, request) : described(execution)));
    const head = answer ? {} : { "x-amzn-errortype": "ResourceNotFoundException" };
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json", ...head }).end(JSON.stringify(answer ?? { Message: "?" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: addressOf(server),
    executions,
    calls,
    add(name, input, status = "RUNNING") {
      const arn = `arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:7/durable-execution/${name}/${name}`;
      const started = { Id: name, Type: "EXECUTION", Status: "STARTED", StartTimestamp: iso(Date.now()) } as const;
      const operations = [{ ...started, ExecutionDetails: { InputPayload: JSON.stringify(input) } }];
      const counts = { invocations: 0, metered: 0, startedAt: Date.now(), timers: [] };
      executions.set(arn, { ...counts, arn, name, workflow: "recreate", status, input: JSON.stringify(input), operations });
      return arn;
    },
    eventOf(arn) {
      const Operations = executions.get(arn)?.operations ?? [];
      return { DurableExecutionArn: arn, CheckpointToken: TOKEN, InitialExecutionState: { Operations } };
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

async function checkpoint(execution: Execution, request: IncomingMessage): Promise<object> {
  const { Updates = [] } = (await json(request)) as CheckpointDurableExecutionRequest;
  for (const update of Updates) apply(execution, update, Date.now());
  const changed = execution.operations.filter(({ Id }) => Updates.some((update) => update.Id === Id));
  return { CheckpointToken: TOKEN, NewExecutionState: { Operations: changed.map((it) => withSeconds(it)) } };
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
