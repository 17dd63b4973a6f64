import type { Context } from "aws-lambda";
import { lambdaContext } from "../../../../local/queue/lambda-context.ts";
import type { RdsChanges } from "../../../../src/clients/rds/changes.ts";
import type { Slack } from "../../../../src/clients/slack/slack.ts";
import { logOnly } from "../../../../src/clients/telemetry.ts";
import { confirm } from "../../../../src/conversation/plan.ts";
import { planFor } from "../../../../src/conversation/planning.ts";
import type { AnswerDependencies } from "../../../../src/conversation/ports.ts";
import { type DeploymentRecord, deploymentKey } from "../../../../src/facts/record.ts";
import { OPERATION_HANDLERS } from "../../../../src/handlers/operation.ts";
import { createSweepHandler } from "../../../../src/handlers/sweep.ts";
import { createWatchHandler } from "../../../../src/handlers/watch.ts";
import type { Message } from "../../../../src/messages/message.ts";
import { FinalError } from "../../../../src/operations/final-error.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { DEFAULTS } from "../../../../src/settings/settings.ts";
import { goodAnswers } from "../../../support/deployments/recreating.ts";
import { type Kill, Outside, Run } from "../../../support/simulation/ports.ts";
import { type Execution, goOn } from "./durable.ts";
import { again, begin, remove } from "./happenings.ts";
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

/** The guard over a hidden world, each of its runs over answers that may be late or in part and over ports that may die under it. */
export class HiddenGuard {
  readonly outside: Outside;
  readonly world: World;
  readonly executions: Execution[] = [];
  /** The members that answers have shown switched to a run that lived on, as `id|name`. */
  readonly shown = new Set<string>();
  /** The members whose names answers have shown while blue bore them. */
  readonly named = new Set<string>();
  readonly sent: Sent[] = [];
  /** Deletions with green that RDS accepted although it was known, or known for a minute, that green bears a name of blue. */
  readonly harm: string[] = [];
  #asked = 0;

  constructor(start: number, truth: Truth) {
    this.outside = new Outside(start, () => ({ deployments: [], databases: [] }));
    this.world = new World(() => this.outside.now, truth);
  }

  pass(seconds: number): Promise<void> {
    const { clock } = this.outside;
    return clock.work(() => clock.until(clock.now() + seconds * 1_000));
  }

  /** Answers of RDS for one question of a person, and what they showed with what was known before. */
  asking(reading: Reading): { dependencies: AnswerDependencies; switched: Set<string> } {
    const switched = new Set(this.shown);
    return { dependencies: this.#dependencies(new Run(undefined, async () => undefined), reading, switched), switched };
  }

  sweep(reading: Reading, kill?: Kill): Promise<void> {
    return this.#run(reading, kill, (dependencies) => createSweepHandler(dependencies)());
  }

  /** Events arrive at the watch handler, in this order. */
  watch(events: readonly Said[], reading: Reading, kill?: Kill): Promise<void> {
    const Records = events.map(({ at, sourceType, name, message }, index) => ({
      messageId: String(index),
      receiptHandle: String(index),
      body: JSON.stringify({
        source: "aws.rds",
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
      isWake: () => false,
      retryAfter: async () => undefined,
      deadLetter: async () => undefined,
    };
    return this.#run(reading, kill, async (dependencies) => {
      await createWatchHandler({ ...dependencies, queue })(
        { Records },
        lambdaContext({ name: "watch", timeoutSeconds: 60, now: Date.now }),
      );
    });
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
        { request, operation, deployment: id, hash, at, asker: actor.id, timeoutSeconds },
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
      await this.#run(reading, kill, (dependencies, run) =>
        goOn(execution, OPERATION_HANDLERS[execution.operation](dependencies), () => run.killed),
      );
    }
  }

  record(id: string): DeploymentRecord | undefined {
    return this.outside.items.get(deploymentKey(id))?.item as DeploymentRecord | undefined;
  }

  async #run(reading: Reading, kill: Kill | undefined, work: (dependencies: Dependencies, run: Run) => Promise<void>): Promise<void> {
    const run = new Run(kill, async () => undefined);
    const switched = new Set(this.shown);
    const named = new Set<string>();
    const dependencies = this.#dependencies(run, reading, switched, named);
    try {
      await this.outside.clock.work(() => work(dependencies, run));
    } catch (error) {
      if (!run.killed && !(error instanceof Error && /IdempotencyAlreadyInProgress|in progress/.test(`${error.name} ${error.message}`)))
        throw error;
    }
    if (run.killed) return;
    // Nothing is kept of a deployment without a record: it may be one that is not watched.
    for (const it of switched) if (this.record(it.split("|")[0] ?? "")?.seen) this.shown.add(it);
    for (const it of named) this.named.add(it);
  }

  #dependencies(run: Run, reading: Reading, switched: Set<string>, named = new Set<string>()): Dependencies {
    const { outside } = this;
    const reads = readsOf(this.world, reading, (id, name, { isSwitched: says, sourceBears, targetBears }) => {
      const key = `${id}|${name}`;
      if (says || (targetBears && this.named.has(key))) switched.add(key);
      else if (sourceBears) named.add(key);
    });
    const rds = {
      ...reads,
      preflight: async (question: Parameters<typeof goodAnswers>[0]) => goodAnswers(question),
      ...this.#changes(switched),
    };
    const slack = outside.slack();
    const sending = (message: Message) => this.sent.push({ message, switched: new Set(switched) });
    const told: Slack = {
      ...slack,
      post(message, thread) {
        sending(message);
        return slack.post(message, thread);
      },
      update(at, message) {
        sending(message);
        return slack.update(at, message);
      },
    };
    return {
      ...DEFAULTS,
      operations: true,
      onDegraded: "recreate",
      settleMinutes: 1,
      commands: true,
      approvals: 0,
      operators: [],
      principal: undefined,
      rds: run.through(rds),
      records: run.through(outside.records()),
      metrics: outside.metrics(),
      slack: run.through(told),
      bus: run.through(outside.bus()),
      people: { workspace: async () => "T0", members: async () => [] },
      replies: { send: async () => undefined },
      telemetry: logOnly(),
      tellBudgetMs: 40_000,
      time: outside.clock,
      context: () => ({}) as Context,
      isRunning: async (arn: string) => this.executions.some((it) => it.arn === arn && it.output === undefined),
    } as unknown as Dependencies;
  }

  #changes(switched: ReadonlySet<string>): RdsChanges {
    const { world } = this;
    const refuse = (why: string): never => {
      throw Object.assign(new Error(why), { name: "InvalidBlueGreenDeploymentStateFault", $metadata: { httpStatusCode: 400 } });
    };
    const existing = (id: string) => world.truth.deployments.find((it) => it.id === id) ?? refuse(`There is no ${id}.`);
    return {
      unprotect: async () => undefined,
      deleteWithGreen: async (id) => {
        const { status, pairs } = existing(id);
        // RDS refuses more than that: the guard is not to rely on it.
        if (status === "DELETING") refuse(`It is ${status}.`);
        const lately = world.during(STALE_MS);
        for (const pair of pairs) {
          const isKnown = switched.has(`${id}|${pair.name}`) && isSwitched(world.truth, pair);
          if (isKnown || lately.every((truth) => isSwitched(truth, pair))) this.harm.push(`${id} ${pair.name} (${status})`);
        }
        world.change((truth) => {
          for (const it of truth.deployments) if (it.id === id) remove(truth, it, true);
        });
      },
      create: async ({ BlueGreenDeploymentName, Tags }) => {
        let id: string | undefined;
        const tags = Object.fromEntries((Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
        world.change((truth) => {
          id = again(truth, world, tags, BlueGreenDeploymentName);
        });
        return id ?? refuse("It cannot be created.");
      },
      switchOver: async (id) => {
        const { status } = existing(id);
        if (!["AVAILABLE", "SWITCHOVER_FAILED"].includes(status)) refuse(`It is ${status}.`);
        world.change((truth) => {
          for (const it of truth.deployments) if (it.id === id) begin(it, world);
        });
      },
    };
  }
}

type Dependencies = AnswerDependencies &
  Parameters<typeof createSweepHandler>[0] &
  Omit<Parameters<typeof createWatchHandler>[0], "queue"> &
  Parameters<(typeof OPERATION_HANDLERS)["recreate"]>[0];
