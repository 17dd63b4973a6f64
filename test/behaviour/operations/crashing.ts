import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalEngine } from "../../../local/engine/engine.ts";
import type { Execution } from "../../../local/engine/execution.ts";
import { type ExecutionStore, openExecutionStore } from "../../../local/engine/store.ts";
import type { Requested } from "../../../local/operations.ts";
import type { Records } from "../../../src/clients/records.ts";
import { OPERATION_HANDLERS } from "../../../src/handlers/operation.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import { connectedTo } from "../../support/connected.ts";
import type { TestLab } from "../../support/lab/stage.ts";

/**
 * Where a process dies: before or after an outgoing call or a checkpoint, named by the workflow's current step and how often that call was
 * made, counted over all processes; if a process passed it alive, at the next of its kind.
 */
export interface Crash {
  /** Such as `delete | rds DeleteBlueGreenDeployment | 1`, or `checkpoint delete | 1`, whatever the workflow is at. */
  point: string;
  when: "before" | "after";
}

/** What a process did, in order. */
export type Points = string[];

/** Runs an operation in processes that die one after the other, each at the first of these points that it meets, until one lives. */
export async function operateThrough(
  lab: TestLab,
  operation: OperationName,
  requestId: string,
  crashes: readonly Crash[],
): Promise<{ output: OperationOutput; execution: Execution; points: Points; died: number }> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-crash-"));
  let died = 0;
  let goOn = () => {};
  const waiting = [...crashes];
  const counts = new Map<string, number>();
  try {
    while (true) {
      const life = await beginLife(lab, folder, { waiting, counts }, { operation, requestId }, goOn);
      const ended = await Promise.race([life.died.promise, life.ended]);
      if (ended) {
        await life.close();
        return { ...ended, points: life.points, died };
      }
      died += 1;
      // Time stands still until the next process has started.
      void lab.clock.work(
        () =>
          new Promise<void>((resolve) => {
            goOn = resolve;
          }),
      );
      life.release();
      await life.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function beginLife(
  lab: TestLab,
  folder: string,
  { waiting, counts }: { waiting: Crash[]; counts: Map<string, number> },
  requested: Requested,
  begun: () => void,
) {
  const points: Points = [];
  const died = Promise.withResolvers<undefined>();
  let release = () => {};
  let at = "begin";
  let dying = false;
  let dead = false;
  function die(): void {
    dead = true;
    // Held from here on, so that nothing happens in the lab between this process and the next.
    void lab.clock.work(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    died.resolve(undefined);
  }
  /** Counts a call or a checkpoint, and lets it happen unless the process dies first. */
  async function pass<T>(what: string, run: () => Promise<T>, never: () => Promise<T>): Promise<T> {
    if (dead) return never();
    const key = `${at} | ${what}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    points.push(`${key} | ${count}`);
    const isHere = ([where, least]: [string, string]) => (where === key || where === what) && count >= Number(least);
    const crash = dying ? undefined : waiting.find(({ point }) => isHere(split(point)));
    if (crash) {
      dying = true;
      waiting.splice(waiting.indexOf(crash), 1);
    }
    if (crash?.when === "before") {
      die();
      return never();
    }
    const result = await run();
    if (!crash) return result;
    die();
    return never();
  }
  const proxy = await openProxy(lab.url, pass);
  const opened = await openExecutionStore(folder);
  // A step is named as soon as it starts, also by the process that resumes it: then a later process meets the same points again.
  const nameStep = ({ operations }: Execution): void => {
    at = operations.findLast(({ Status, Type }) => Type !== "EXECUTION" && Status === "STARTED")?.Name ?? at;
  };
  const store: ExecutionStore = {
    ...opened,
    async load() {
      const executions = await opened.load();
      executions.forEach(nameStep);
      return executions;
    },
    save(execution) {
      nameStep(execution);
      return pass(
        `checkpoint ${execution.operations.at(-1)?.Name}`,
        () => opened.save(execution),
        () => Promise.reject(new Error("The process has ended.")),
      );
    },
  };
  const engine = new LocalEngine({ store, clock: lab.clock }).register(
    requested.operation,
    handlerThrough(requested.operation, proxy.url, recordsThrough(lab.records, pass), lab),
  );
  await engine.recover();
  const ended = endOf(engine, requested);
  ended.catch(() => undefined);
  begun();
  return {
    points,
    ended,
    died,
    release: () => release(),
    async close() {
      await engine.close();
      await opened.close();
      await proxy.close();
    },
  };
}

/** Starts the execution or resumes it, and returns how it ended. */
async function endOf(engine: LocalEngine, { operation, requestId }: Requested): Promise<{ output: OperationOutput; execution: Execution }> {
  const { arn } = await engine.start(operation, { requestId }, "one");
  const execution = await engine.done(arn);
  const { status, result, error } = execution;
  if (status !== "SUCCEEDED" || result === undefined) throw new Error(`The execution is ${status}: ${JSON.stringify(error)}`);
  return { output: JSON.parse(result) as OperationOutput, execution };
}

/** The same records, each call of which counts as a call of DynamoDB. */
function recordsThrough(records: Records, pass: Pass): Records {
  const never = () => Promise.reject(new Error("The process has ended."));
  return {
    read: (key) => pass("dynamodb GetItem", () => records.read(key), never),
    write: (item, open) => pass("dynamodb PutItem", () => records.write(item, open), never),
    reserve: (...asked) => pass("dynamodb UpdateItem", () => records.reserve(...asked), never),
    open: (options) => pass("dynamodb Query", () => records.open(options), never),
  };
}

/** The real handler over real clients, whose every call goes through the proxy, and over these records. */
function handlerThrough(operation: OperationName, url: string, records: Records, lab: TestLab) {
  const guard = connectedTo(lab, { url, records, aws: { maxAttempts: 1 } });
  const principal = "arn:aws:iam::123456789012:role/bluegreen-guard-recreate";
  return OPERATION_HANDLERS[operation]({ ...guard, principal });
}

type Pass = <T>(what: string, run: () => Promise<T>, never: () => Promise<T>) => Promise<T>;

/** Stands between the clients of one process and the lab; a dead process's connections are cut. */
async function openProxy(target: string, pass: Pass): Promise<{ url: string; close(): Promise<void> }> {
  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const answer = await pass(
      callName(request, body),
      () => send(target, request, body),
      async () => undefined,
    );
    if (!answer) return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
  const server: Server = createServer((request, response) => void forward(request, response).catch(() => request.socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

function send(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(`${target}${url}`, { method, headers }, async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const { "transfer-encoding": _, ...kept } = incoming.headers;
      resolve({ status: incoming.statusCode ?? 500, headers: kept, body: Buffer.concat(chunks) });
    });
    outgoing.on("error", reject).end(body);
  });
}

/** Service and action of a call. */
function callName({ headers, url = "" }: IncomingMessage, body: Buffer): string {
  if (url.startsWith("/slack/")) return `slack ${url.split("/").at(-1)}`;
  const target = headers["x-amz-target"];
  const action = target ? String(target).split(".").at(-1) : new URLSearchParams(body.toString()).get("Action");
  const service = /\/([a-z]+)\/aws4_request/.exec(headers.authorization ?? "")?.[1];
  return `${service} ${action}`;
}

/** What is done at a point, and for how many times then. */
function split(point: string): [what: string, count: string] {
  const end = point.lastIndexOf(" | ");
  return [point.slice(0, end), point.slice(end + 3)];
}

const READS = / (GetItem|Query|Describe\w+|SimulatePrincipalPolicy) /;

/** For anything repeated in one operation, the first and, if it changes something, the last. */
export function pointsWorthDying(points: readonly string[]): string[] {
  const by = Map.groupBy(points, (point) => split(point)[0]);
  return [...by.values()].flatMap((same) =>
    [...new Set([same[0], READS.test(same[0] ?? "") ? undefined : same.at(-1)])].filter((point) => point !== undefined),
  );
}

/** The points at which operations are written down, each once. */
export function checkpointsOf(points: readonly string[]): string[] {
  const checkpoints = points.flatMap((point) => / \| (checkpoint .+) \| \d+$/.exec(point)?.[1] ?? []);
  return [...new Set(checkpoints)].map((checkpoint) => `${checkpoint} | 1`);
}

const DEATHS_A_RUN = 10;

/**
 * The points at which the processes of one run die, for all runs: a point that is near and changes something has a run of its own, several
 * of the others share one.
 */
export function runsOf(points: readonly string[], isNear: (point: string) => boolean): { alone: string[][]; shared: string[][] } {
  const isAlone = (point: string) => isNear(point) && !READS.test(point);
  const others = points.filter((point) => !isAlone(point));
  const runs = Math.ceil(others.length / DEATHS_A_RUN);
  return {
    alone: points.filter(isAlone).map((point) => [point]),
    shared: Array.from({ length: runs }, (_, run) => others.filter((_, index) => index % runs === run)),
  };
}
