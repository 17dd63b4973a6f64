import {
  type CheckpointDurableExecutionRequest,
  type CheckpointDurableExecutionResponse,
  type DurableExecutionClient,
  DurableExecutionClientError,
  DurableExecutionClientErrorScope,
  type DurableLambdaHandler,
  type ErrorObject,
  type GetDurableExecutionStateRequest,
  type GetDurableExecutionStateResponse,
} from "@aws/durable-execution-sdk-js";
import { STALE_TOKEN } from "../../src/clients/durable-client.ts";
import type { Clock } from "../clock.ts";
import { lambdaContext } from "../queue/lambda-context.ts";
import { apply } from "./apply.ts";
import { type Execution, iso, type Timer } from "./execution.ts";
import { LiveExecution } from "./live-execution.ts";
import type { ExecutionStore } from "./store.ts";

/** Options for a runner. */
export interface RunnerOptions {
  store: ExecutionStore;
  clock: Clock;
  handlers: ReadonlyMap<string, DurableLambdaHandler>;
  /** Called when an execution has ended and that is on disk. */
  onEnd(execution: Execution): void;
  /** Called when an invocation has thrown, or that time is over could not be written down: it is invoked again. */
  onFault(error: unknown, execution: Execution): void;
}

/** How an execution ends. */
export interface End {
  status: Execution["status"];
  result?: string;
  error?: ErrorObject;
}

const INVOCATION_SECONDS = 900;
const LONGEST_PAUSE_SECONDS = 60;

/** Invokes handlers when they have something to continue with, and takes their checkpoints: the backend of Lambda durable functions. */
export class Runner implements DurableExecutionClient {
  readonly live = new Map<string, LiveExecution>();
  readonly #with: RunnerOptions;
  #closed = false;

  constructor(options: RunnerOptions) {
    this.#with = options;
  }

  track(execution: Execution): LiveExecution {
    const live = new LiveExecution(execution);
    this.live.set(execution.arn, live);
    return live;
  }

  /** Halts all executions. */
  close(): void {
    this.#closed = true;
  }

  async getExecutionState(request: GetDurableExecutionStateRequest): Promise<GetDurableExecutionStateResponse> {
    return { Operations: structuredClone(this.#of(request).execution.operations) };
  }

  /** Resolves once everything is on disk: only then does the workflow continue. */
  async checkpoint(request: CheckpointDurableExecutionRequest): Promise<CheckpointDurableExecutionResponse> {
    const live = this.#of(request);
    const updates = request.Updates ?? [];
    live.execution.checkpoints += 1;
    for (const update of updates) {
      if (update.Type === "EXECUTION") {
        await this.finish(live, { status: update.Action === "FAIL" ? "FAILED" : "SUCCEEDED", result: update.Payload, error: update.Error });
        continue;
      }
      const timer = apply(live.execution, update, this.#with.clock.now());
      if (update.Id !== undefined) live.changed.add(update.Id);
      if (timer) this.setTimer(live, timer);
    }
    if (updates.length > 0) await this.#with.store.save(live.execution);
    return { CheckpointToken: live.nextToken(), NewExecutionState: { Operations: structuredClone(live.takeChanged()) } };
  }

  #of({ DurableExecutionArn = "", CheckpointToken }: { DurableExecutionArn?: string; CheckpointToken?: string }): LiveExecution {
    const live = this.live.get(DurableExecutionArn);
    if (live?.execution.status !== "RUNNING") throw refused(`${DurableExecutionArn} does not run.`, "EXECUTION");
    if (this.#closed) throw refused("The engine is closed.", "INVOCATION");
    // Another invocation is at work.
    if (live.token !== CheckpointToken) throw staleToken();
    return live;
  }

  setTimer(live: LiveExecution, timer: Timer): void {
    live.execution.timers.push(timer);
    this.arm(live, timer);
  }

  arm(live: LiveExecution, timer: Timer): void {
    const { clock } = this.#with;
    const rung = clock.work(async () => {
      await clock.until(timer.at);
      await this.#ring(live, timer);
    });
    // What could not be written down is, with the next invocation.
    void rung.catch((error: unknown) => this.#invokeLater(live, error));
  }

  async #ring(live: LiveExecution, timer: Timer): Promise<void> {
    const { execution } = live;
    if (this.#closed || execution.status !== "RUNNING" || !execution.timers.includes(timer)) return;
    execution.timers = execution.timers.filter((it) => it !== timer);
    if (timer.kind === "execution") return this.finish(live, { status: "TIMED_OUT" });
    if (!live.ring(timer, iso(this.#with.clock.now()))) return;
    await this.#with.store.save(execution);
    this.kick(live);
  }

  /** Invokes the handler, after the current invocation if one is under way. */
  kick(live: LiveExecution): void {
    if (live.busy) live.again = true;
    if (live.busy || this.#closed || live.execution.status !== "RUNNING") return;
    live.busy = true;
    void this.#with.clock.work(async () => {
      await this.#invoke(live);
      live.busy = false;
      if (live.again) this.kick(live);
    });
  }

  async #invoke(live: LiveExecution): Promise<void> {
    const { execution } = live;
    const handler = this.#with.handlers.get(execution.workflow);
    if (!handler) return;
    live.again = false;
    execution.invocations += 1;
    const { arn: DurableExecutionArn, workflow: name } = execution;
    const UpdatedOperationIds = live.takeChanged().flatMap(({ Id }) => Id ?? []);
    const InitialExecutionState = { Operations: structuredClone(execution.operations) };
    const context = lambdaContext({ name, timeoutSeconds: INVOCATION_SECONDS, now: Date.now });
    try {
      const output = await handler(
        { DurableExecutionArn, CheckpointToken: live.nextToken(), UpdatedOperationIds, InitialExecutionState },
        context,
      );
      live.failures = 0;
      // Goes on immediately with what became ready while the invocation ended.
      if (output.Status === "PENDING") live.again ||= live.changed.size > 0;
      else
        await this.finish(live, {
          status: output.Status,
          ...("Result" in output && { result: output.Result }),
          ...("Error" in output && { error: output.Error }),
        });
    } catch (error) {
      this.#invokeLater(live, error);
    }
  }

  /** Lambda repeats an invocation that threw, with growing delays. */
  #invokeLater(live: LiveExecution, error: unknown): void {
    if (this.#closed || live.execution.status !== "RUNNING") return;
    const { clock, onFault } = this.#with;
    onFault(error, live.execution);
    live.failures += 1;
    const at = clock.now() + Math.min(LONGEST_PAUSE_SECONDS, 2 ** live.failures) * 1_000;
    void clock.work(async () => {
      await clock.until(at);
      this.kick(live);
    });
  }

  async finish(live: LiveExecution, end: End): Promise<void> {
    const { execution } = live;
    if (execution.status !== "RUNNING" || this.#closed) return;
    Object.assign(execution, { ...end, endedAt: this.#with.clock.now(), timers: [] });
    await this.#with.store.save(execution);
    this.#with.onEnd(execution);
    live.end();
  }
}

/** What the service answers to a token that is not the last one. */
function staleToken(): Error {
  return Object.assign(new Error(STALE_TOKEN.message), { name: STALE_TOKEN.name, $metadata: { httpStatusCode: 400 } });
}

function refused(text: string, scope: keyof typeof DurableExecutionClientErrorScope): DurableExecutionClientError {
  return new DurableExecutionClientError(text, { scope: DurableExecutionClientErrorScope[scope] });
}
