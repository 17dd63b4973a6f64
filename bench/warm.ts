import { isDeepStrictEqual } from "node:util";
import type { Cores } from "./cores.ts";
import { type Counts, tally } from "./counts.ts";
import { type BenchGuard, connectGuard } from "./guard.ts";
import { type OpenPlayground, openPlayground } from "./playground.ts";
import { nextBody, sqsRecord } from "./rds-events.ts";
import { replayer } from "./replay.ts";
import { median, percentile } from "./statistics.ts";
import { wavesOf } from "./waves.ts";
import { kindOf, type WireCall } from "./wire.ts";

/** The handler's budget relative to the floor. */
export const BUDGET = 1.5;

/** One event through the warm handler against its calls alone; times are milliseconds. */
export interface WarmResult {
  events: number;
  handler: { median: number; p95: number };
  floor: { median: number; p95: number };
  /** Of the medians. */
  ratio: number;
  budget: number;
  withinBudget: boolean;
  /** Calls of all events together, as the handler made them and the floor made them again. */
  calls: Counts;
}

/** How much is measured. */
export interface WarmOptions {
  deployments: number;
  warmUps: number;
  events: number;
}

/** Passes the handler one event after the other, and repeats each one's calls through bare clients right after it. */
export async function measureWarm({ deployments, warmUps, events }: WarmOptions, cores: Cores): Promise<WarmResult> {
  const playground = await openPlayground(deployments, cores.playground);
  const calls: WireCall[] = [];
  const guard = connectGuard(playground, { listen: (call) => calls.push(call) });
  const prepare = replayer(playground.url);
  const measured: { handler: number; floor: number; calls: string[] }[] = [];
  for (let index = 0; index < warmUps + events; index += 1) {
    if (index === warmUps) await playground.counts();
    const handler = await timed(() => tellOne(guard, playground, index));
    const waves = wavesOf(calls.splice(0)).map((wave) => wave.map((call) => ({ call, again: prepare(call) })));
    const floor = await timed(async () => {
      for (const wave of waves) await Promise.all(wave.map(({ again }) => again()));
    });
    const made = waves.flat().map(({ call }) => kindOf(call));
    if (index >= warmUps) measured.push({ handler, floor, calls: made });
  }
  const made = tally(measured.flatMap((it) => it.calls));
  checkFloor(made, await playground.counts());
  playground.close();
  const result = {
    events,
    handler: timesOf(measured.map((it) => it.handler)),
    floor: timesOf(measured.map((it) => it.floor)),
    calls: made,
  };
  const ratio = result.handler.median / result.floor.median;
  return { ...result, ratio, budget: BUDGET, withinBudget: ratio <= BUDGET };
}

async function tellOne({ clock, errors, watch }: BenchGuard, { deployments, now }: OpenPlayground, index: number): Promise<void> {
  const deployment = deployments[index % deployments.length];
  if (!deployment) throw new Error("The warm handler needs a deployment to tell of: open the playground with at least one.");
  const body = nextBody(deployment, Math.floor(index / deployments.length), now);
  const { batchItemFailures } = await clock.work(() => watch({ Records: [sqsRecord(body, `message-${index}`, 1)] }));
  if (batchItemFailures.length > 0) throw new Error(`The warm handler did not tell event ${index}: ${errors.join(" ") || "no error"}`);
}

function timesOf(values: number[]): { median: number; p95: number } {
  return { median: median(values), p95: percentile(values, 0.95) };
}

/** A floor that makes different calls from the handler measures nothing. */
function checkFloor(made: Counts, received: Counts): void {
  const twice = Object.fromEntries(Object.entries(made).map(([kind, count]) => [kind, 2 * count]));
  if (isDeepStrictEqual(twice, received)) return;
  throw new Error(
    `The floor made other calls than the handler. Twice the handler's: ${JSON.stringify(twice)}, received: ${JSON.stringify(received)}.`,
  );
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
