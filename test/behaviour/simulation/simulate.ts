import type { SQSRecord } from "aws-lambda";
import { routeOf } from "../../../local/bus.ts";
import { lambdaContext } from "../../../local/queue/lambda-context.ts";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { createSweepHandler } from "../../../src/handlers/sweep.ts";
import { createWatchHandler } from "../../../src/handlers/watch.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import { type ApiState, type Kill, Killed, Outside, Run } from "../../support/simulation/ports.ts";
import type { Recording } from "./recording.ts";

const MINUTE = 60_000;
const SOURCE_TYPES = { CLUSTER: "db-cluster", DB_INSTANCE: "db-instance", BLUE_GREEN_DEPLOYMENT: "blue-green-deployment" } as const;
const WAKE = "wake ";
const wokenBy = (body: string): string | undefined => (body.startsWith(WAKE) ? body.slice(WAKE.length) : undefined);
const SWEEP_EVERY = 5 * MINUTE;
const VISIBILITY = 6 * MINUTE;
// Messages that come back for an hour at most find everything told by then.
const LONGEST_WAIT = 3 * 60 * MINUTE;

/** What befalls one event on its way: how often it arrives, and after how many minutes each time. */
export type Fate = (index: number) => number[];

/** What befalls the guard. */
export interface Troubles {
  fate: Fate;
  /** How many watch handlers run at once. */
  handlers: number;
  /** Which run of a handler is killed where. */
  kills: Map<number, Kill>;
  /** A number below `below`, the same ones for the same seed: how runs take turns. */
  random: (below: number) => number;
  /** Minutes since the start in which Slack, or one channel, refuses everything, and with what. */
  outage?: { from: number; to: number; error: Error; channel?: string };
  /** The setting of the same name. */
  channels?: readonly string[];
  sweeps: boolean;
}

/** All goes well. */
export const UNTROUBLED: Troubles = { fate: () => [0], handlers: 1, kills: new Map(), random: () => 0, sweeps: true };

interface Waiting {
  body: string;
  visibleAt: number;
  receives: number;
  handle: string;
}

/** What came of a simulated time. */
export interface Outcome {
  outside: Outside;
  /** Outgoing calls of each run, in the order in which the runs began. */
  callsOfRuns: number[];
  deadLetters: string[];
  /** How many runs were killed. */
  killed: number;
  waiting: number;
  /** Each time that a run was to be woken: when that was asked for (milliseconds since 1970), and which run is waited for. */
  wakes: readonly { at: number; by: string }[];
}

/** Plays recordings against the guard's own handlers over ports in memory, until `quietMinutes` after the last event. */
export async function simulate(recordings: readonly Recording[], troubles: Troubles, quietMinutes = 30): Promise<Outcome> {
  const events = recordings.flatMap((it) => it.events).sort((a, b) => a.at - b.at);
  const start = Math.min(...recordings.flatMap((it) => it.states.map(({ at }) => at)));
  const outside = new Outside(start, (now) => stateAt(recordings, now));
  outside.channels = troubles.channels ?? [];
  const queue = arrivals(events, troubles.fate);
  const end = Math.max(...events.map(({ at }) => at), ...queue.map((it) => it.visibleAt)) + quietMinutes * MINUTE;
  const { outage } = troubles;
  if (outage) {
    const isDown = () => outside.now >= start + outage.from * MINUTE && outside.now < start + outage.to * MINUTE;
    outside.refuse = (channel) => (isDown() && (outage.channel ?? channel) === channel ? outage.error : undefined);
  }
  const guard = new SimulatedGuard(outside, queue, events, troubles);
  const goesOn = () => outside.now < end || (queue.length > 0 && outside.now < end + LONGEST_WAIT);
  const workers = Array.from({ length: troubles.handlers }, () => async () => {
    while (goesOn()) {
      await outside.clock.until(Math.min(...queue.map((it) => it.visibleAt), outside.now + MINUTE));
      await guard.watch();
    }
  });
  const sweeper = async () => {
    for (let at = start + SWEEP_EVERY; goesOn(); at += SWEEP_EVERY) {
      await outside.clock.until(at);
      await guard.sweep();
    }
  };
  await Promise.all([...workers, ...(troubles.sweeps ? [sweeper] : [])].map((worker) => outside.clock.work(worker)));
  return {
    outside,
    callsOfRuns: guard.runs.map((run) => run.calls),
    deadLetters: guard.deadLetters,
    killed: guard.killed,
    waiting: queue.length,
    wakes: guard.wakes,
  };
}

const routed = new WeakMap<object, boolean>();

function isRouted(envelope: object): boolean {
  const known = routed.get(envelope) ?? routeOf(envelope) !== undefined;
  routed.set(envelope, known);
  return known;
}

function arrivals(events: Recording["events"], fate: Fate): Waiting[] {
  return events.flatMap(({ at, envelope }, index) =>
    !isRouted(envelope)
      ? []
      : fate(index).map((delay, copy) => ({
          body: JSON.stringify(envelope),
          visibleAt: at + delay * MINUTE,
          receives: 0,
          handle: `${index}-${copy}`,
        })),
  );
}

function stateAt(recordings: readonly Recording[], now: number): ApiState {
  const states = recordings.map(({ states }) => states.findLast(({ at }) => at <= now)?.state);
  return {
    deployments: states.flatMap((state) => state?.deployments ?? []),
    databases: states.flatMap((state) => state?.databases ?? []).sort((a, b) => (a.arn < b.arn ? -1 : 1)),
  };
}

/** The guard's handlers, each run over ports that may die under it. */
class SimulatedGuard {
  readonly runs: Run[] = [];
  readonly deadLetters: string[] = [];
  readonly wakes: { at: number; by: string }[] = [];
  killed = 0;
  readonly #outside: Outside;
  readonly #queue: Waiting[];
  readonly #events: Recording["events"];
  readonly #troubles: Troubles;

  constructor(outside: Outside, queue: Waiting[], events: Recording["events"], troubles: Troubles) {
    this.#outside = outside;
    this.#queue = queue;
    this.#events = events;
    this.#troubles = troubles;
  }

  async watch(): Promise<void> {
    const { now } = this.#outside;
    const batch = this.#queue.filter((it) => it.visibleAt <= now).slice(0, 10);
    if (batch.length === 0) return;
    for (const message of batch) {
      message.visibleAt = now + VISIBILITY;
      message.receives += 1;
    }
    const run = this.#begin();
    const queue = {
      retryAfter: async (handle: string, seconds: number) => {
        const message = batch.find((it) => it.handle === handle);
        if (message) message.visibleAt = this.#outside.now + seconds * 1_000;
      },
      deadLetter: async (body: string) => void this.deadLetters.push(body),
      wake: async (seconds: number, by: string) => this.#wake(seconds, by),
    };
    const handler = createWatchHandler({ ...this.#ports(run), queue: { ...run.through(queue), wokenBy } });
    await this.#survive(run, async () => {
      const { batchItemFailures } = await handler(
        { Records: batch.map(recordOf) },
        lambdaContext({ name: "bluegreen-guard-watch", timeoutSeconds: 60, now: Date.now }),
      );
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      for (const message of batch) {
        if (!failed.includes(message.handle)) this.#queue.splice(this.#queue.indexOf(message), 1);
      }
    });
  }

  #wake(seconds: number, by: string): void {
    const at = this.#outside.now;
    this.wakes.push({ at, by });
    this.#queue.push({ body: `${WAKE}${by}`, handle: `wake-${this.wakes.length}`, visibleAt: at + seconds * 1_000, receives: 0 });
  }

  async sweep(): Promise<void> {
    const run = this.#begin();
    const handler = createSweepHandler({
      ...this.#ports(run),
      queue: run.through({ wake: async (seconds: number, by: string) => this.#wake(seconds, by) }),
    });
    await this.#survive(run, () => handler());
  }

  #begin(): Run {
    const pause = async () => {
      for (let turns = this.#troubles.random(4); turns > 0; turns -= 1) await Promise.resolve();
    };
    const run = new Run(this.#troubles.kills.get(this.runs.length), pause);
    this.runs.push(run);
    return run;
  }

  #ports(run: Run) {
    const outside = this.#outside;
    const events = async (from: number) =>
      this.#events
        .filter(({ at }) => at >= from && at <= outside.now)
        .map(({ envelope: { detail } }) => ({
          SourceIdentifier: detail.SourceIdentifier,
          SourceType: SOURCE_TYPES[detail.SourceType],
          Message: detail.Message,
          Date: new Date(detail.Date),
        }));
    return {
      rds: run.through({ ...outside.rds(), events }),
      records: run.through(outside.records()),
      metrics: run.through(outside.metrics()),
      slack: run.through(outside.slack()),
      bus: run.through(outside.bus()),
      ...DEFAULTS,
      channels: [...outside.channels],
      operations: false,
      telemetry: logOnly(),
      tellBudgetMs: 40_000,
      time: outside.clock,
    };
  }

  /** A killed run ends; a failed one is tried again by its queue or the next sweep. Anything else is a fault of the guard's. */
  async #survive(run: Run, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!run.killed && !this.#isSlacks(error)) throw error;
    }
    if (run.killed) this.killed += 1;
  }

  #isSlacks(error: unknown): boolean {
    return error instanceof Killed || (error instanceof Error && error.name === "SlackError");
  }
}

function recordOf({ body, handle, receives }: Waiting): SQSRecord {
  const attributes = {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: "0",
    SenderId: "lab",
    ApproximateFirstReceiveTimestamp: "0",
  };
  return {
    messageId: handle,
    receiptHandle: handle,
    body,
    attributes,
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:ap-northeast-1:123456789012:bluegreen-guard-events",
    awsRegion: "ap-northeast-1",
  };
}
