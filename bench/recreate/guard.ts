import { VirtualClock } from "../../local/clock.ts";
import { LocalEngine } from "../../local/engine/engine.ts";
import type { Execution } from "../../local/engine/execution.ts";
import { lambdaContext } from "../../local/queue/lambda-context.ts";
import type { Executions } from "../../src/clients/executions.ts";
import { logOnly } from "../../src/clients/telemetry.ts";
import { OPERATION_TELLS_MS, rdsAt, WATCH_TELLS_MS } from "../../src/handlers/connect.ts";
import { createRecreateHandler, operationPorts } from "../../src/handlers/operation.ts";
import { createWatchHandler } from "../../src/handlers/watch.ts";
import { proposeRecreation } from "../../src/operations/propose.ts";
import { newRequest } from "../../src/operations/request.ts";
import { writeRequest } from "../../src/operations/requests.ts";
import { createOperationTeller } from "../../src/telling/tell-operation.ts";
import { connectedTo } from "../connected.ts";
import { sqsRecord } from "../rds-events.ts";
import type { Listen } from "../wire.ts";
import { Checkpoints } from "./checkpoints.ts";
import type { OpenRuinedPlayground } from "./playground.ts";

/** The recreate function with its durable engine and the watch function that wakes it, and a request that a person has confirmed. */
export interface RecreateGuard {
  checkpoints: Checkpoints;
  /** Runs the recreation to its end. @throws Error if it does not end as `done`. */
  recreate(): Promise<Execution>;
}

/** Who hears of which calls. */
export interface Listening {
  /** Of those for the recreation: the recreate function's own, and what wakes it. */
  operation: Listen;
  /** Of the watch function's own, which are the same without a recreation. */
  watch: Listen;
}

const REQUEST = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";
/** How soon after its time an event comes to the watch function. */
const DELIVERED_WITHIN_MS = 1_000;

/** Connects the guard's functions to the playground, and requests the recreation of its deployment. Without `isWatched` no event arrives. */
export async function connectRecreateGuard(
  playground: OpenRuinedPlayground,
  { operation, watch: own }: Listening,
  isWatched = true,
): Promise<RecreateGuard> {
  const clock = new VirtualClock(playground.now, playground.lead);
  const guard = connectedTo(playground, operation, outsideAt(clock));
  const dependencies = { ...guard, isRunning: async () => true, tellBudgetMs: OPERATION_TELLS_MS };
  const ports = { ...operationPorts(dependencies), tell: createOperationTeller(dependencies) };
  const { asked, refusals } = await clock.work(() => proposeRecreation(playground.deploymentId, REQUEST, ports));
  if (refusals.length > 0) throw new Error(`The recreation that is to be measured cannot be done: ${JSON.stringify(refusals)}`);
  const by = { requestedBy: { name: "oncall" }, via: "terminal" as const, approved: true };
  await writeRequest(ports.records, newRequest(REQUEST, { ...asked, ...by }, clock.now()));
  const checkpoints = new Checkpoints();
  const engine = new LocalEngine({ store: checkpoints, clock }).register("recreate", createRecreateHandler(dependencies));
  let isOver = false;
  engine.onStatus(({ status }) => {
    if (status === "RUNNING") return;
    isOver = true;
    // Otherwise the clock would go on to the execution's own timeout, seven days later.
    clock.stop();
  });
  const watching = watchingBeside(playground, engine, clock, { operation, watch: own });
  return {
    checkpoints,
    async recreate() {
      const { arn } = await engine.start("recreate", { requestId: REQUEST });
      if (isWatched) void clock.work(() => watching(() => isOver));
      const execution = await engine.done(arn);
      await engine.close();
      const { status, result = "{}", error } = execution;
      if (status === "SUCCEEDED" && (JSON.parse(result) as { outcome?: string }).outcome === "done") return execution;
      throw new Error(`The recreation that is measured ended as ${status}: ${error?.ErrorMessage ?? result}`);
    },
  };
}

const outsideAt = (clock: VirtualClock) => (aws: Parameters<typeof rdsAt>[0]) => ({ rds: rdsAt(aws), time: clock, telemetry: logOnly() });

/** Creates the watch function beside the engine: it takes RDS's events as they come, until the recreation is over. */
function watchingBeside(
  playground: OpenRuinedPlayground,
  engine: LocalEngine,
  clock: VirtualClock,
  { operation, watch: own }: Listening,
): (isOver: () => boolean) => Promise<void> {
  const executions: Pick<Executions, "wake"> = {
    async wake(callback) {
      operation({ service: "lambda", action: "SendDurableExecutionCallbackSuccess", body: "", status: 200, begun: 0, ended: 0 });
      return engine.wake(callback);
    },
  };
  // The request is read for its callback alone.
  const heard: Listen = (call) => (call.action === "GetItem" && call.body.includes(`request#${REQUEST}`) ? operation : own)(call);
  const queue = { wake: async () => {}, wokenBy: () => undefined, retryAfter: async () => {}, deadLetter: async () => {} };
  const guard = connectedTo(playground, heard, outsideAt(clock));
  const watch = createWatchHandler({ ...guard, queue, executions, tellBudgetMs: WATCH_TELLS_MS });
  return async (isOver) => {
    for (let count = 0; !isOver(); ) {
      await clock.until(clock.now() + DELIVERED_WITHIN_MS);
      const events = await playground.events();
      const Records = events.map((event) => sqsRecord(JSON.stringify(event), `message-${count++}`, 1));
      if (Records.length > 0) await watch({ Records }, lambdaContext({ name: "watch", timeoutSeconds: 60, now: Date.now }));
    }
  };
}
