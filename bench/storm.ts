import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { ScaledClock, VirtualClock } from "../local/clock.ts";
import { EventSource } from "../local/queue/event-source.ts";
import { Queue } from "../local/queue/queue.ts";
import { wakeBody } from "../src/clients/queue.ts";
import { BATCHES, MAX_RECEIVE_COUNT } from "../src/handlers/backoff.ts";
import { atLeast, BUDGETS, type Verdict } from "./budgets.ts";
import type { Cores } from "./cores.ts";
import { type Counts, sum } from "./counts.ts";
import { type BenchGuard, connectGuard } from "./guard.ts";
import { usage } from "./parts.ts";
import { AWS_LATENCIES, openPlayground } from "./playground.ts";
import { stormBodies } from "./rds-events.ts";

/** How big the storm is, and how long it may take: for half that time events are taken, then those that were taken go on being told. */
export interface StormOptions {
  deployments: number;
  seconds: number;
  /** Calls take as long as in AWS, and Slack's pace as long as it does; otherwise neither takes time, and what counts is the one core. */
  asInAws: boolean;
}

/** A storm of ten events for each deployment; seconds are real time. */
export interface StormResult {
  asInAws: boolean;
  events: number;
  deployments: number;
  seconds: number;
  /**
   * Events that a handler was given, and the seconds until it was given the last of them. A second counts those after the first batches, which
   * nothing had to be done for; a second of CPU says more where other programs run.
   */
  taken: { events: number; seconds: number; perSecond: number; perCpuSecond: number };
  /** Events whose message has left the queue, since all that they say was told, or is written down and somebody empties the channel. */
  told: { events: number; perSecond: number };
  /** Whether the time was over before all was taken and told. */
  brokenOff: boolean;
  /** How often messages were received, all together, and the one that was received most often. */
  receives: { all: number; most: number };
  messages: { posted: number; updated: number };
  calls: Counts;
  /** Seconds of the core, those of the bench itself (the queue, the counting) included. */
  cpuSeconds: number;
  /** The most memory (resident set) of the process, in MiB. */
  peakMegabytes: number;
  /** Of all calls, the events that were taken. */
  callsAnEvent: number;
  verdicts: Verdict[];
}

/** Lets a storm loose on as many handlers at once as in AWS, in as big batches. */
export async function measureStorm({ deployments, seconds, asInAws }: StormOptions, cores: Cores): Promise<StormResult> {
  const playground = await openPlayground(deployments, cores.playground);
  const clock = asInAws ? new ScaledClock(1, playground.now) : new VirtualClock(playground.now);
  if (asInAws) await playground.delay(AWS_LATENCIES);
  const onRetry = async (handle: string, after: number) => queue.changeVisibility(handle, Math.max(0, Math.ceil(after)));
  const onWake = async (seconds: number, by: string) => void queue.send(wakeBody(by), { delaySeconds: Math.ceil(seconds) });
  const guard: BenchGuard = connectGuard(playground, { clock, onRetry, onWake });
  const queue = new Queue({ name: "events", now: () => clock.now(), maxReceiveCount: MAX_RECEIVE_COUNT });
  const bodies = stormBodies(playground.deployments, playground.now);
  for (const body of bodies) queue.send(body);
  const events = bodies.length;
  await playground.counts();
  const before = usage();
  const storm = await rage(guard, queue, seconds * 1_000);
  const { cpuSeconds: cpuAfter, peakMegabytes } = usage();
  const cpuSeconds = cpuAfter - before.cpuSeconds;
  const { told } = storm;
  const calls = await playground.counts();
  playground.close();
  if (guard.errors.length > 0)
    process.stderr.write(`The guard reported ${guard.errors.length} errors, the first one: ${guard.errors[0]}\n`);
  const afterFirst = storm.taken - storm.atOnce;
  const perSecond = (1_000 * afterFirst) / storm.takenMs;
  // What plays AWS takes a core of its own, and is slower than the guard: the guard's is what counts.
  const perCpuSecond = afterFirst / storm.takenCpu;
  const budget = asInAws ? BUDGETS.storm.asInAws : BUDGETS.storm.asHere;
  return {
    asInAws,
    events,
    deployments,
    seconds: storm.ms / 1_000,
    taken: { events: storm.taken, seconds: storm.takenMs / 1_000, perSecond, perCpuSecond },
    told: { events: told, perSecond: (1_000 * told) / storm.ms },
    brokenOff: told < events,
    receives: storm.receives,
    messages: { posted: calls["slack chat.postMessage"] ?? 0, updated: calls["slack chat.update"] ?? 0 },
    calls,
    cpuSeconds,
    peakMegabytes,
    callsAnEvent: sum(calls) / storm.taken,
    verdicts: [
      asInAws
        ? atLeast("events of a storm taken a second, as in AWS", perSecond, budget)
        : atLeast("events of a storm taken for a second of one core", perCpuSecond, budget),
    ],
  };
}

/** Passes the queue's messages to the handlers until it is empty or the time is over; whatever is under way then is ended. */
async function rage({ clock, watch }: BenchGuard, queue: Queue, limitMs: number) {
  const begun = performance.now();
  const before = usage().cpuSeconds;
  const elapsed = () => performance.now() - begun;
  const so = { taken: 0, takenMs: 0, takenCpu: 0, atOnce: 0, told: 0, ms: 0, receives: { all: 0, most: 0 } };
  const over = Promise.withResolvers<void>();
  // Also where no message comes any more that could tell: one that wakes the guard may be due a minute later.
  setTimeout(over.resolve, limitMs).unref();
  let isFirst = true;
  async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
    if (elapsed() > limitMs) return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    // Events that nobody has taken by half of the time are put aside: they count as handled for the queue, and are not counted at all.
    const batch = elapsed() > limitMs / 2 ? Records.filter((it) => receivesOf(it) > 1) : Records;
    const events = batch.filter(({ body }) => !body.startsWith(WAKE));
    const fresh = events.filter((it) => receivesOf(it) === 1).length;
    so.taken += fresh;
    if (fresh > 0) {
      so.takenMs = elapsed();
      so.takenCpu = usage().cpuSeconds - before;
      if (isFirst) so.atOnce += fresh;
    }
    so.receives.all += events.length;
    so.receives.most = Math.max(so.receives.most, ...events.map(receivesOf));
    const response = batch.length > 0 ? await watch({ Records: batch }) : { batchItemFailures: [] };
    so.told += events.length - response.batchItemFailures.length;
    isFirst = false;
    return response;
  }
  const source = new EventSource({
    queue,
    clock,
    handler,
    batchSize: BATCHES.batchSize,
    maxConcurrency: BATCHES.maxConcurrency,
    onError: (error) => process.stderr.write(`${error}\n`),
  });
  await Promise.race([source.idle(), over.promise]);
  await source.stop();
  return { ...so, ms: elapsed() };
}

const WAKE = wakeBody("").slice(0, 8);

const receivesOf = ({ attributes }: SQSEvent["Records"][number]) => Number(attributes.ApproximateReceiveCount);
