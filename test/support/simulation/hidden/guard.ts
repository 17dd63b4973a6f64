import type { Context } from "aws-lambda";
import type { Clock } from "../../../../local/clock.ts";
import { lambdaContext } from "../../../../local/queue/lambda-context.ts";
import type { Slack } from "../../../../src/clients/slack/slack.ts";
import { logOnly } from "../../../../src/clients/telemetry.ts";
import { confirm } from "../../../../src/conversation/plan.ts";
import { planFor } from "../../../../src/conversation/planning.ts";
import type { AnswerDependencies } from "../../../../src/conversation/ports.ts";
import { type DeploymentRecord, deploymentKey } from "../../../../src/facts/record.ts";
import { OPERATION_HANDLERS } from "../../../../src/handlers/operation.ts";
import { createSweepHandler } from "../../../../src/handlers/sweep.ts";
import { createWatchHandler } from "../../../../src/handlers/watch.ts";
import type { Message } from "../../../../src/messages/slack/message.ts";
import { FinalError } from "../../../../src/operations/final-error.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { DEFAULTS } from "../../../../src/settings/settings.ts";
import { goodAnswers } from "../../deployments/recreating.ts";
import { type Kill, Outside, Run } from "../ports.ts";
import { type Accepted, changesOf } from "./changes.ts";
import { type Execution, goOn } from "./durable.ts";
import { type Reading, readsOf } from "./reads.ts";
import { isSwitched, type Said, STALE_MS, type Truth, World } from "./world.ts";

const DETAIL_TYPES = {
  CLUSTER: "RDS DB Cluster Event",
  DB_INSTANCE: "RDS DB Instance Event",
  BLUE_GREEN_DEPLOYMENT: "RDS Blue Green Deployment Event",
};

/** A message that the guard sent, and the members that it had been shown switched by then, as `id|name`. */
export interface Sent {
  message: Message;
  switched: ReadonlySet<string>;
}

/** What befalls a guard that is not only what its world and its reads befall. */
export interface Around {
  clock?: Clock;
  /** Settings that differ from those of the simulation, as they are now. */
  settings?(): Partial<Dependencies>;
  /** Makes of a port of a run what the run gets. */
  port?<T extends object>(name: PortName, port: T, run: Run): T;
  /** Waits before each call of a run. */
  pause?(): Promise<void>;
  /** Hears of each change that RDS accepts of a run, right before it is made. */
  accepted?(change: Accepted, run: Run): void;
  /** What of the clients each run has besides. */
  more?(run: Run): Partial<Dependencies>;
}

export type PortName = "rds" | "changes" | "records" | "slack" | "bus";

/** The guard over hidden worlds, each of its runs over answers that may be late or in part and over ports that may die under it. */
export class HiddenGuard {
  readonly outside: Outside<Clock>;
  readonly worlds: readonly World[];
  readonly executions: Execution[] = [];
  /** The members that answers have shown switched to a run that lived on, as `id|name`. */
  readonly shown = new Set<string>();
  /** The members whose names answers have shown while blue bore them. */
  readonly named = new Set<string>();
  readonly sent: Sent[] = [];
  /** Deletions with green that RDS accepted although it was known, or known for a minute, that green bears a name of blue. */
  readonly harm: string[] = [];
  readonly #around: Around;
  #asked = 0;

  constructor(start: number, truths: readonly Truth[], around: Around = {}) {
    this.outside = new Outside<Clock>(start, () => ({ deployments: [], databases: [] }), around.clock);
    this.worlds = truths.map((truth, number) => new World(() => this.outside.now, truth, number));
    this.#around = around;
  }

  /** The only world, or the first one. */
  get world(): World {
    return this.worlds[0] as World;
  }

  pass(seconds: number): Promise<void> {
    const { clock } = this.outside;
    return clock.work(() => clock.until(clock.now() + seconds * 1_000));
  }

  /** Answers of RDS for one question of a person, and what they showed with what was known before. */
  asking(reading: Reading): { dependencies: AnswerDependencies; switched: Set<string> } {
    const switched = new Set(this.shown);
    return { dependencies: this.#dependencies(new Run(undefined, async () => undefined), reading, switched, new Set(), {}), switched };
  }

  sweep(reading: Reading, kill?: Kill): Promise<unknown> {
    return this.run(reading, kill, (dependencies) => createSweepHandler(dependencies)());
  }

  /** Events arrive at the watch handler, in this order; returns which of them come again. */
  async watch(events: readonly Said[], reading: Reading, kill?: Kill, account?: string): Promise<string[]> {
    const Records = events.map(({ at, sourceType, name, message }, index) => ({
      messageId: String(index),
      receiptHandle: String(index),
      body: JSON.stringify({
        source: "aws.rds",
        ...(account !== undefined && { account }),
        "detail-type": DETAIL_TYPES[sourceType],
        detail: { SourceType: sourceType, SourceIdentifier: name, Date: new Date(at).toISOString(), Message: message },
      }),
      attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0", SenderId: "lab", ApproximateFirstReceiveTimestamp: "0" },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:ap-northeast-1:123456789012:bluegreen-guard-events",
      awsRegion: "ap-northeast-1",
    }));
    const queue = {
      wake: async () => undefined,
      wokenBy: () => undefined,
      retryAfter: async () => undefined,
      deadLetter: async () => undefined,
    };
    let again = Records.map(({ messageId }) => messageId);
    await this.run(reading, kill, async (dependencies) => {
      const { batchItemFailures } = await createWatchHandler({ ...dependencies, queue })(
        { Records },
        lambdaContext({ name: "watch", timeoutSeconds: 60, now: Date.now }),
      );
      again = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    });
    return again;
  }

  /** A person asks for a plan, and confirms it if it can be confirmed. */
  async ask(operation: "recreate" | "switchover", id: string, reading: Reading): Promise<void> {
    this.#asked += 1;
    const request = `${String(this.#asked).padStart(8, "0")}-7d35-4b8e-9c51-2f6d3e8a7b10`;
    const { dependencies } = this.asking(reading);
    const actor = { id: "U0ONCALL", name: "oncall" };
    const timeoutSeconds = operation === "switchover" ? 300 : undefined;
    await this.outside.clock.work(async () => {
      const planned = await planFor({ operation, deployment: id, requestId: request, actor, timeoutSeconds }, dependencies);
      if (planned instanceof FinalError || planned.refusal !== undefined) return;
      const hash = planned.asked.stateHash;
      const at = this.outside.now;
      await confirm(
        { request, operation, deployment: id, hash, at, asker: actor.id, timeoutSeconds, healthy: planned.standing.healthy },
        actor,
        async () => "yes",
        dependencies,
      );
    });
  }

  /** Every operation that was requested goes on until it waits. */
  async goOn(reading: Reading, kill?: Kill): Promise<void> {
    for (const requestId of new Set(this.outside.requested)) {
      const known = this.executions.find((it) => it.requestId === requestId);
      const request = this.outside.items.get(requestKey(requestId))?.item as OperationRequest | undefined;
      if (!request || known?.output) continue;
      const fresh = { requestId, operation: request.operation, done: new Map(), attempts: new Map() };
      const execution = known ?? { ...fresh, arn: `arn:aws:lambda:execution:${requestId}` };
      if (!known) this.executions.push(execution);
      await this.run(reading, kill, (dependencies, run) =>
        goOn(execution, OPERATION_HANDLERS[execution.operation](dependencies), { isKilled: () => run.killed }),
      );
    }
  }

  record(id: string): DeploymentRecord | undefined {
    return this.outside.items.get(deploymentKey(id))?.item as DeploymentRecord | undefined;
  }

  /** One run of a handler; returns what its work returns, undefined if it was killed. @throws what the work throws */
  async run<T>(
    reading: Reading,
    kill: Kill | undefined,
    work: (dependencies: Dependencies, run: Run) => Promise<T>,
    run = new Run(kill, this.#around.pause ?? (async () => undefined)),
  ): Promise<T | undefined> {
    const switched = new Set(this.shown);
    const named = new Set<string>();
    const dependencies = this.#dependencies(run, reading, switched, named, this.#around);
    let result: T | undefined;
    try {
      result = await this.outside.clock.work(() => work(dependencies, run));
    } catch (error) {
      if (!run.killed && !(error instanceof Error && /IdempotencyAlreadyInProgress|in progress/.test(`${error.name} ${error.message}`)))
        throw error;
    }
    if (run.killed || run.isTroubled) return result;
    // Nothing is kept of a deployment without a record: it may be one that is not watched.
    for (const it of switched) if (this.record(it.split("|")[0] ?? "")?.seen) this.shown.add(it);
    for (const it of named) this.named.add(it);
    return result;
  }

  #dependencies(run: Run, reading: Reading, switched: Set<string>, named: Set<string>, around: Around): Dependencies {
    const { outside, worlds } = this;
    const reads = readsOf(worlds, reading, (id, name, { isSwitched: says, sourceBears, targetBears }) => {
      const key = `${id}|${name}`;
      if (says || (targetBears && this.named.has(key))) switched.add(key);
      else if (sourceBears) named.add(key);
    });
    const changes = changesOf(worlds, (change) => {
      if (change.call === "deleteWithGreen") this.#noteHarm(change, switched);
      around.accepted?.(change, run);
    });
    const slack = outside.slack();
    // What a run was shown, and could not keep, it may say otherwise.
    const sending = (message: Message) => this.sent.push({ message, switched: new Set(run.isTroubled ? this.shown : switched) });
    const told: Slack = {
      ...slack,
      post(message, thread, channel) {
        sending(message);
        return slack.post(message, thread, channel);
      },
      update(at, message) {
        sending(message);
        return slack.update(at, message);
      },
    };
    const port = <T extends object>(name: PortName, it: T): T => run.through(around.port?.(name, it, run) ?? it);
    const preflight = async (question: Parameters<typeof goodAnswers>[0]) => goodAnswers(question);
    return {
      ...DEFAULTS,
      operations: true,
      onDegraded: "recreate",
      settleMinutes: 1,
      commands: true,
      approvals: 0,
      operators: [],
      principal: undefined,
      rds: { ...port("rds", { ...reads, preflight }), ...port("changes", changes) },
      records: port("records", outside.records()),
      metrics: outside.metrics(),
      slack: port("slack", told),
      bus: port("bus", outside.bus()),
      people: { installation: async () => ({ workspace: "T0", inOrganisation: false }), members: async () => [] },
      replies: { send: async () => undefined },
      telemetry: logOnly(),
      tellBudgetMs: 40_000,
      time: outside.clock,
      context: () => ({}) as Context,
      isRunning: async (arn: string) => this.executions.some((it) => it.arn === arn && it.output === undefined),
      ...around.settings?.(),
      ...around.more?.(run),
    } as unknown as Dependencies;
  }

  #noteHarm({ world, deployment }: Accepted & { call: "deleteWithGreen" | "switchOver" }, switched: ReadonlySet<string>): void {
    const { id, status, pairs } = deployment;
    const lately = world.during(STALE_MS);
    for (const pair of pairs) {
      const isKnown = switched.has(`${id}|${pair.name}`) && isSwitched(world.truth, pair);
      if (isKnown || lately.every((truth) => isSwitched(truth, pair))) this.harm.push(`${id} ${pair.name} (${status})`);
    }
  }
}

/** What every handler of the guard needs. */
export type Dependencies = AnswerDependencies &
  Parameters<typeof createSweepHandler>[0] &
  Omit<Parameters<typeof createWatchHandler>[0], "queue"> &
  Parameters<(typeof OPERATION_HANDLERS)["recreate"]>[0];
