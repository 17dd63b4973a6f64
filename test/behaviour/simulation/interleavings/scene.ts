import type { SQSRecord } from "aws-lambda";
import type { LabEnvelope } from "../../../../lab/rds/rds.ts";
import { lambdaContext } from "../../../../local/queue/lambda-context.ts";
import { logOnly } from "../../../../src/clients/telemetry.ts";
import { take } from "../../../../src/conversation/take.ts";
import { BUS } from "../../../../src/facts/facts.ts";
import { cardOf } from "../../../../src/facts/posts.ts";
import { type DeploymentRecord, deploymentKey } from "../../../../src/facts/record.ts";
import { createSweepHandler } from "../../../../src/handlers/sweep.ts";
import { createWatchHandler } from "../../../../src/handlers/watch.ts";
import { DEFAULTS } from "../../../../src/settings/settings.ts";
import { tellNow } from "../../../../src/telling/tell-operation.ts";
import { type ApiState, Killed, Outside, type Standing } from "../../../support/simulation/ports.ts";
import type { Recording } from "../recording.ts";

const SOURCE_TYPES = { CLUSTER: "db-cluster", DB_INSTANCE: "db-instance", BLUE_GREEN_DEPLOYMENT: "blue-green-deployment" } as const;
const WAKE = "wake ";
/** The queue gives a message of a killed run to another one after this. */
const VISIBILITY_SECONDS = 360;

/** What befalls a run at the `nth` of its calls (the first if omitted) whose name matches: it dies, it waits for some seconds, or the call fails. */
export interface Interruption {
  /** Such as `slack.post`, `bus.publish`, `records.write deployment#…`. */
  call: RegExp;
  nth?: number;
  when: "before" | "after";
  does: "dies" | { waits: number } | { throws: Error };
}

/** One deployment, the guard's handlers and their queue, on a virtual clock; what happens in it is played second by second. */
export class Scene {
  readonly outside: Outside;
  readonly deadLetters: string[] = [];
  /** In place of the defaults. */
  settings: Partial<typeof DEFAULTS> & { allOnBus?: boolean } = { operations: false };
  /** In place of the recorded answers of RDS, once set. */
  api: ((now: number) => ApiState) | undefined;
  readonly #recording: Recording;
  readonly #pending: Promise<void>[] = [];
  /** Second 0 of what is played next, in milliseconds since 1970. */
  #base: number;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#base = recording.states[0]?.at ?? 0;
    this.outside = new Outside(this.#base, (now) => this.api?.(now) ?? this.recordedAt(now));
  }

  recordedAt(now: number): ApiState {
    return this.#recording.states.findLast(({ at }) => at <= now)?.state ?? { deployments: [], databases: [] };
  }

  /** Has the guard told of everything until the first event whose text matches; returns the events from there on. */
  async until(text: RegExp): Promise<LabEnvelope[]> {
    const { events } = this.#recording;
    const index = events.findIndex(({ envelope }) => text.test(envelope.detail.Message));
    const [before, after] = [events.slice(0, index), events.slice(index)];
    await this.play(before.map(({ at, envelope }) => [(at - this.#base) / 1_000, () => this.watch([envelope])]));
    await this.play([[60, () => this.sweep()]]);
    this.#base = Math.max(after[0]?.at ?? 0, this.outside.now) + 1_000;
    return after.map(({ envelope }) => envelope);
  }

  /** Plays each step at its second, at once with those that are still at it, and all that follows from them; then the next play begins. */
  async play(steps: readonly (readonly [number, () => Promise<void>])[]): Promise<void> {
    const { clock } = this.outside;
    const base = this.#base;
    for (const [second, step] of steps) {
      this.#pending.push(
        clock.work(async () => {
          await clock.until(base + second * 1_000);
          await step();
        }),
      );
    }
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) await next;
    this.#base = Math.max(base, this.outside.now);
  }

  /** A run takes the messages of these events; what it gives back, or dies over, the queue gives to another one. */
  watch(envelopes: readonly object[], interruption?: Interruption): Promise<void> {
    return this.#take(
      envelopes.map((envelope) => JSON.stringify(envelope)),
      interruption,
    );
  }

  async sweep(interruption?: Interruption): Promise<void> {
    const { outside } = this;
    const rows = async (from: number, until: number) =>
      this.#recording.events
        .filter(({ at }) => at >= from && at <= Math.min(until, outside.now))
        .map(({ envelope: { detail } }) => ({
          SourceIdentifier: detail.SourceIdentifier,
          SourceType: SOURCE_TYPES[detail.SourceType],
          Message: detail.Message,
          Date: new Date(detail.Date),
        }));
    const through = this.#through(interruption);
    const ports = this.#ports(through);
    const rds = { ...ports.rds, events: rows };
    await createSweepHandler({ ...ports, rds, metrics: outside.metrics(), queue: through("queue", this.#queue(new Map())) })().catch(
      onlyKilled,
    );
  }

  /** Somebody presses *I'm on it* on the card, if it has that button. */
  async take(user: string, interruption?: Interruption): Promise<void> {
    const { outside, card } = this;
    const value = /"(deployment#[^ "]+ [^"]+)"/.exec(JSON.stringify(card?.message ?? {}))?.[1];
    if (!card || value === undefined) return;
    const through = this.#through(interruption);
    const ports = { ...this.#ports(through), queue: through("queue", this.#queue(new Map())), tellBudgetMs: 5_000 };
    const tell = (id: string) => tellNow(deploymentKey(id), {}, ports).then(() => undefined);
    const press = { value, message: card.ts, channel: card.channel, actor: { id: user, name: user } };
    await take(press, { records: ports.records, time: outside.clock, telemetry: ports.telemetry, tell }).catch(onlyKilled);
  }

  /** The entries and cards that stand in the channel whose text matches, without their details. */
  messages(text: RegExp): Standing[] {
    return this.outside.told.filter(({ message }) => text.test(message.text));
  }

  /** The channel takes no message for so many seconds from second 0 on. */
  async busy(seconds: number, channel = this.outside.slack().channel): Promise<void> {
    const key = `channel#${channel}`;
    await this.outside.records().reserve(key, { post: this.#base + seconds * 1_000, update: this.#base + seconds * 1_000 }, {});
  }

  get record(): DeploymentRecord {
    const found = [...this.outside.items.values()].find(({ item }) => item.key.startsWith("deployment#"));
    if (!found) throw new Error("The guard has no record of the deployment yet.");
    return found.item as DeploymentRecord;
  }

  /** The card as it stands in the channel. */
  get card(): Standing | undefined {
    return this.outside.messages.find(({ ts }) => ts === cardOf(this.record)?.ts);
  }

  get publishedMarks(): number {
    return this.record.posts.filter((post) => post.in === BUS).length;
  }

  async #take(bodies: readonly string[], interruption?: Interruption): Promise<void> {
    const { clock } = this.outside;
    const delays = new Map<string, number>();
    const through = this.#through(interruption);
    const queue = { ...through("queue", this.#queue(delays)), wokenBy };
    const handler = createWatchHandler({ ...this.#ports(through), queue });
    const context = lambdaContext({ name: "bluegreen-guard-watch", timeoutSeconds: 60, now: () => clock.now() });
    let left = bodies.map((body, index) => ({ body, id: String(index), seconds: VISIBILITY_SECONDS }));
    try {
      const { batchItemFailures } = await handler({ Records: left.map(({ body, id }) => recordOf(body, id)) }, context);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      left = left.filter(({ id }) => failed.has(id)).map((it) => ({ ...it, seconds: delays.get(it.id) ?? VISIBILITY_SECONDS }));
    } catch (error) {
      onlyKilled(error);
    }
    for (const { body, seconds } of left) this.#later(seconds, () => this.#take([body]));
  }

  #later(seconds: number, run: () => Promise<void>): void {
    const { clock } = this.outside;
    const at = clock.now() + seconds * 1_000;
    this.#pending.push(clock.work(() => clock.until(at).then(run)));
  }

  #queue(delays: Map<string, number>) {
    return {
      retryAfter: async (id: string, seconds: number) => void delays.set(id, seconds),
      deadLetter: async (body: string) => void this.deadLetters.push(body),
      wake: async (seconds: number, by: string) => this.#later(seconds, () => this.#take([`${WAKE}${by}`])),
    };
  }

  /** Puts the interruption into a run's calls; a run that died makes none any more. */
  #through(interruption?: Interruption) {
    let [matches, isDead] = [0, false];
    const { clock } = this.outside;
    const interrupt = async ({ does }: Interruption) => {
      if (typeof does === "object" && "throws" in does) throw does.throws;
      if (does !== "dies") return clock.until(clock.now() + does.waits * 1_000);
      isDead = true;
      throw new Killed();
    };
    return <T extends object>(port: string, it: T): T =>
      new Proxy(it, {
        get: (target, method) => {
          const value: unknown = Reflect.get(target, method);
          if (typeof value !== "function") return value;
          return async (...args: [{ key?: string }?]) => {
            if (isDead) throw new Killed();
            const name = `${port}.${String(method)} ${args[0]?.key ?? String(args[0])}`;
            const now = interruption?.call.test(name) && ++matches === (interruption.nth ?? 1) ? interruption : undefined;
            if (now?.when === "before") await interrupt(now);
            const answer: unknown = await value.apply(target, args);
            if (now?.when === "after") await interrupt(now);
            return answer;
          };
        },
      });
  }

  #ports(through: <T extends object>(port: string, it: T) => T) {
    const { outside } = this;
    return {
      rds: through("rds", outside.rds()),
      records: through("records", outside.records()),
      slack: through("slack", outside.slack()),
      bus: through("bus", outside.bus()),
      ...DEFAULTS,
      channels: [...outside.channels],
      ...this.settings,
      telemetry: logOnly(),
      tellBudgetMs: 40_000,
      time: outside.clock,
    };
  }
}

const wokenBy = (body: string): string | undefined => (body.startsWith(WAKE) ? body.slice(WAKE.length) : undefined);

/** A deployment that is ready and told of, and blue's and green's report that it is degraded, which is still to come. */
export async function beforeDegradation(
  recording: Recording,
  channels: readonly string[] = [],
): Promise<{ scene: Scene; ddl: LabEnvelope; green: LabEnvelope }> {
  const scene = new Scene(recording);
  scene.outside.channels = channels;
  const [ddl, green] = await scene.until(/Data definition language/);
  if (!ddl || !green) throw new Error("The recording has no degradation that both sides report.");
  return { scene, ddl, green };
}

function onlyKilled(error: unknown): void {
  const isKilled = error instanceof Killed || (error instanceof Error && error.cause instanceof Killed);
  if (!isKilled && !(error instanceof AggregateError)) throw error;
}

function recordOf(body: string, messageId: string): SQSRecord {
  const attributes = { ApproximateReceiveCount: "1", SentTimestamp: "0", SenderId: "lab", ApproximateFirstReceiveTimestamp: "0" };
  const arn = "arn:aws:sqs:ap-northeast-1:123456789012:bluegreen-guard-events";
  const queue = { messageAttributes: {}, md5OfBody: "", eventSource: "aws:sqs", eventSourceARN: arn, awsRegion: "ap-northeast-1" };
  return { messageId, receiptHandle: messageId, body, attributes, ...queue };
}
