import { type Executions, executionsFrom, runningIn } from "../../src/clients/executions.ts";
import { logOnly } from "../../src/clients/telemetry.ts";
import { createReleaseHandler } from "../../src/handlers/release.ts";
import { createSweepHandler } from "../../src/handlers/sweep.ts";
import type { OperationRequest } from "../../src/operations/request.ts";
import { type Dependencies, HiddenGuard, type PortName } from "../support/simulation/hidden/guard.ts";
import type { Reading } from "../support/simulation/hidden/reads.ts";
import { truthOf } from "../support/simulation/hidden/shape.ts";
import type { Said, World } from "../support/simulation/hidden/world.ts";
import { type Kill, Run } from "../support/simulation/ports.ts";
import { StoryClock } from "./clock.ts";
import { Engine, type Running } from "./engine.ts";
import { Monitor, type RunInfo } from "./monitor.ts";
import { OPERATORS, People, SECRET } from "./people.ts";
import { heardChanges, heardReads, heardRecords, remembered } from "./ports.ts";
import { Random } from "./random.ts";
import { RdsAtWork } from "./rds.ts";
import { sentChanges } from "./sent.ts";
import { lessSince } from "./settings.ts";
import type { Story } from "./story.ts";
import { Tasks } from "./tasks.ts";
import { Troubles } from "./troubles.ts";

export const START = Date.parse("2024-02-05T06:00:00Z");
/** Answers are at most a minute old. */
const CUT_SECONDS = 55;

/** A story's guard with everything around it. */
export class Stage {
  readonly story: Story;
  readonly clock = new StoryClock(START);
  readonly guard: HiddenGuard;
  readonly monitor: Monitor;
  readonly engine: Engine;
  readonly people: People;
  readonly rds: readonly RdsAtWork[];
  readonly troubles: Troubles;
  readonly tasks: Tasks;
  readonly lines: { message: string; details: Record<string, unknown> }[] = [];
  readonly steps: string[] = [];
  onDegraded: Story["onDegraded"];
  kills = 0;
  readonly #random: Random;
  readonly #infos = new WeakMap<Run, RunInfo>();
  #cutAt = Number.NEGATIVE_INFINITY;
  readonly #settings = new Map<string, Story["onDegraded"]>();
  /** Hears of each operation's steps. */
  stepped: (request: OperationRequest, step: string) => void = () => undefined;

  constructor(story: Story) {
    const random = (what: string) => new Random(story.seed, story.number, what);
    this.story = story;
    this.onDegraded = story.onDegraded;
    this.#random = random("runs");
    this.troubles = new Troubles(story, () => this.seconds);
    this.tasks = new Tasks(this.clock, (error) => this.#failed("a task", error));
    const truths = story.families.map(({ shape, tags }, index) => {
      const truth = truthOf(shape, START, index);
      for (const it of truth.deployments) it.tags = tags;
      return truth;
    });
    this.guard = new HiddenGuard(START, truths, {
      clock: this.clock,
      port: (name, port, run) => this.#port(name, port, run),
      accepted: (change, run) => {
        this.monitor.accepted(change, this.infoOf(run));
        this.note(`RDS accepts ${change.call} in world ${change.world.number}`);
        this.tasks.after(1, async () => this.rds[change.world.number]?.follow());
        // What RDS answers reaches nobody.
        if (!this.troubles.isHealed && this.#random.is(story.chances.kill)) run.die();
        if (!this.troubles.isHealed && this.#random.is(story.chances.cut)) this.#cut(run);
      },
      more: (run) => this.#more(run),
    });
    this.engine = new Engine(
      this.tasks,
      random("engine"),
      (it, work) => this.#runFor(it, work),
      (it) => this.#died(it),
    );
    this.monitor = new Monitor({
      story,
      guard: this.guard,
      engine: this.engine,
      lines: this.lines,
      now: () => this.clock.now(),
      lessSince: (shown) => lessSince(shown, this.guard, story.tagMayRaise),
    });
    this.people = new People(this.tasks, random("people"), {
      run: async (work) => void (await this.run({ what: "an answer" }, work)),
      messages: () => this.guard.outside.messages,
    });
    this.rds = this.guard.worlds.map((world) => new RdsAtWork(world, this.tasks, random(`rds ${world.number}`)));
  }

  /** Seconds since the story's beginning. */
  get seconds(): number {
    return (this.clock.now() - START) / 1_000;
  }

  /** True for the minute after RDS has accepted a change of which nobody is to hear. */
  get isCut(): boolean {
    return !this.troubles.isHealed && this.seconds - this.#cutAt < CUT_SECONDS;
  }

  #cut(run: Run): void {
    this.#cutAt = this.seconds;
    run.die();
    this.note("The process dies, and for a minute answers are as old as that");
  }

  note(words: string): void {
    this.steps.push(`${new Date(this.clock.now()).toISOString().slice(8, 19)} ${words}`);
  }

  infoOf(run: Run): RunInfo {
    const known = this.#infos.get(run) ?? { what: "a look", shown: new Map() };
    this.#infos.set(run, known);
    return known;
  }

  sweep(): Promise<unknown> {
    return this.run({ what: "a sweep" }, (dependencies) => createSweepHandler(dependencies)());
  }

  /** An event arrives, and comes again until it is taken. */
  async deliver(said: Said, receives = 0): Promise<void> {
    const again = await this.guard.watch([said], this.#reading(), this.#kill()).catch((error) => {
      this.#failed("a look at an event", error);
      return ["0"];
    });
    if (again.length > 0 && receives < 8) this.tasks.after(this.#random.between(20, 300) * 1_000, () => this.deliver(said, receives + 1));
  }

  /** Runs work of the guard as one process. */
  async run<T>(
    info: Omit<RunInfo, "shown">,
    work: (dependencies: Dependencies, run: Run) => Promise<T>,
  ): Promise<{ result?: T; killed: boolean; error?: unknown }> {
    const run = new Run(this.#kill(), () => this.#pause());
    this.#infos.set(run, { ...info, shown: new Map() });
    try {
      const result = await this.guard.run(this.#reading(), undefined, work, run);
      if (run.killed) this.kills += 1;
      this.infoOf(run).isForgetful ||= run.killed;
      return { result, killed: run.killed };
    } catch (error) {
      this.#failed(info.what, error);
      return { killed: false, error };
    }
  }

  #runFor<T>(execution: Running, work: (dependencies: Dependencies, run: Run) => Promise<T>) {
    const { arn, requestId } = execution;
    this.#settings.set(arn, this.#settings.get(arn) ?? this.onDegraded);
    return this.run({ what: `an execution (${arn.slice(-10)})`, execution: arn, requestId }, work);
  }

  #died({ arn, status }: Running): void {
    this.note(`${arn.slice(-45)} is ${status}`);
    if (!this.troubles.isHealed && this.#random.is(this.story.chances.deadEventLost)) return;
    const event = { detail: { durableExecutionArn: arn, status } };
    const release = () =>
      this.run({ what: "a release" }, (it) => createReleaseHandler(it as typeof it & { executions: Executions })(event));
    this.tasks.after(this.#random.between(1, 60) * 1_000, release);
  }

  #failed(what: string, error: unknown): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const all = error instanceof AggregateError ? error.errors : [error];
    const isOwn = all.some((it) => it instanceof TypeError || it instanceof RangeError || it instanceof ReferenceError);
    if (isOwn || (what === "a sweep" && this.seconds > this.story.lasts + 600))
      this.monitor.violate("failures of the guard's own", `${what}: ${text}`);
  }

  #port<T extends object>(name: PortName, port: T, run: Run): T {
    const info = this.infoOf(run);
    const { troubles, monitor } = this;
    const { items } = this.guard.outside;
    if (name === "changes") {
      const sent = sentChanges(port as never, (command, input) => monitor.sends(command, input, info));
      return heardChanges(sent, info, monitor, (make) => troubles.call("RDS changes", make, run)) as unknown as T;
    }
    if (name === "records") {
      const heard = heardRecords(port as never, items, info, monitor);
      return remembered(troubles.around(name, this.#stepping(heard), run), info) as unknown as T;
    }
    if (name === "rds")
      return heardReads(troubles.around(name, port, run) as never, info, (id) => this.#isHidden(id, info)) as unknown as T;
    if (name !== "bus") return troubles.around(name, port, run);
    const bus = port as unknown as Dependencies["bus"];
    const request: Dependencies["bus"]["request"] = async (operation, id) => {
      await bus.request(operation, id);
      this.#start(operation, id);
    };
    return troubles.around(name, { ...bus, request }, run) as unknown as T;
  }

  /** The records, which tell of each step of an operation that is written down. */
  #stepping(records: Dependencies["records"]): Dependencies["records"] {
    return {
      ...records,
      write: async (item, open) => {
        const isWritten = await records.write(item, open);
        if (isWritten && item.key.startsWith("request#")) {
          const request = item as unknown as OperationRequest;
          this.stepped(request, request.intent && !request.notes?.some(({ step }) => step === "started") ? "intend" : "asked");
          const last = request.notes?.at(-1);
          if (last) this.stepped(request, last.step);
        }
        return isWritten;
      },
    };
  }

  /** RDS leaves a deployment out of some answers for less than a minute. */
  #isHidden(id: string, { execution }: RunInfo): boolean {
    // With answers that are a minute old besides, it could be missing for longer.
    if (execution === undefined || this.troubles.isHealed || this.story.chances.stale > 0) return false;
    const part = Math.floor(this.seconds / 600);
    const random = new Random(this.story.seed, this.story.number, id, part);
    if (!random.is(this.story.chances.partial * 3)) return false;
    const from = part * 600 + random.between(60, 500);
    return this.seconds >= from && this.seconds < from + 45;
  }

  #start(operation: "recreate" | "switchover", id: string): void {
    const { chances } = this.story;
    const random = this.#random;
    const start = () => this.tasks.after(this.#startMs(), async () => this.engine.start(operation, id));
    if (this.troubles.isHealed) {
      start();
      return;
    }
    if (!random.is(chances.lostStart)) start();
    if (random.is(chances.doubledStart)) this.tasks.after(random.between(1, 10_000) * 1_000, async () => this.engine.start(operation, id));
  }

  #startMs(): number {
    if (!this.troubles.isHealed && this.#random.is(this.story.chances.lateStart))
      return this.#random.between(60, this.#random.is(0.5) ? 1_700 : 4_000) * 1_000;
    return this.#random.between(200, 5_000);
  }

  #more(run: Run): Partial<Dependencies> {
    const { story } = this;
    const info = this.infoOf(run);
    const log = (message: string, details: Record<string, unknown>) => {
      this.lines.push({ message, details });
      if (`${message}${JSON.stringify(details)}`.includes(SECRET)) this.monitor.violate("never 10", `in the log: ${message}`);
    };
    const executions = executionsFrom({
      read: (arn) => this.troubles.call("GetDurableExecution", async () => this.engine.read(arn)),
      stop: (arn) =>
        this.troubles.call("GetDurableExecution", async () => {
          const found = this.engine.executions.find((it) => it.arn === arn);
          if (found) this.engine.end(found, "STOPPED");
        }),
      wake: (callback) => this.troubles.call("GetDurableExecution", async () => this.engine.wake(callback)),
    });
    return {
      onDegraded: this.#settings.get(info.execution ?? "") ?? this.onDegraded,
      approvals: story.approvals,
      operators: [...OPERATORS],
      settleMinutes: story.settleMinutes,
      channels: story.channels,
      mentions: ["now=S0ONCALL", "later=U0DBA"],
      tagMayRaise: story.tagMayRaise,
      maxRecreatesPerDay: story.maxRecreatesPerDay,
      telemetry: logOnly({ info: log, error: log }),
      executions: run.through(executions),
      isRunning: runningIn(executions),
    };
  }

  #reading(): Reading {
    const { chances } = this.story;
    if (this.troubles.isHealed) return { lags: [] };
    // A run takes some seconds from here to its last read.
    if (this.isCut) return { lags: [Math.min(59, this.seconds - this.#cutAt + 20)] };
    const random = this.#random;
    const isStale = random.is(chances.stale);
    const lags = isStale ? Array.from({ length: random.below(5) + 1 }, () => random.of([0, 20, 59])) : [];
    return {
      lags,
      ...(isStale && { eventsLag: random.of([0, 0, 20, 59]) }),
      ...(random.is(chances.partial) && { hides: random.below(6) }),
    };
  }

  #kill(): Kill | undefined {
    if (this.troubles.isHealed || !this.#random.is(this.story.chances.kill)) return undefined;
    return { call: this.#random.below(60), when: this.#random.of(["before", "after"] as const) };
  }

  async #pause(): Promise<void> {
    if (this.troubles.isHealed) return;
    await this.tasks.pass(this.#random.is(0.03) ? this.#random.between(500, 4_000) : this.#random.between(5, 200));
  }

  worldOf(family: number): World {
    return this.guard.worlds[family] as World;
  }
}
