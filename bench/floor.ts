import type { Counts } from "./counts.ts";
import { usage } from "./parts.ts";
import { type Again, replayer } from "./replay.ts";
import type { WireCall } from "./wire.ts";

/** Options for measuring the floor of a storm. */
export interface FloorInput {
  url: string;
  /** Calls to make, by kind. */
  counts: Counts;
  /** Calls of every kind to choose from. */
  sample: Record<string, WireCall[]>;
  /** How many calls are under way at once. */
  atOnce: number;
}

/** Calls through bare clients. */
export interface FloorResult {
  calls: number;
  atOnce: number;
  seconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
}

const WARM_UPS = 2_000;

/** Makes as many calls of each kind as requested, the kinds evenly mixed, after a warm-up. */
export async function measureFloor({ url, counts, sample, atOnce }: FloorInput): Promise<FloorResult> {
  const prepare = replayer(url);
  const prepared = Object.fromEntries(Object.entries(sample).map(([kind, calls]) => [kind, calls.map(withoutCondition).map(prepare)]));
  const all = mixed(counts).map(({ kind, index }) => {
    const found: Again[] = prepared[kind] ?? [];
    return found[index % found.length] ?? unknown(kind);
  });
  await make(all.slice(0, WARM_UPS), atOnce);
  const before = usage();
  const begun = performance.now();
  await make(all, atOnce);
  const seconds = (performance.now() - begun) / 1_000;
  const { cpuSeconds, peakMegabytes } = usage();
  return { calls: all.length, atOnce, seconds, cpuSeconds: cpuSeconds - before.cpuSeconds, peakMegabytes };
}

async function make(calls: readonly Again[], atOnce: number): Promise<void> {
  const waiting = calls.values();
  async function makeOn(): Promise<void> {
    for (const call of waiting) await call();
  }
  await Promise.all(Array.from({ length: atOnce }, makeOn));
}

/** Every kind as often as counted, spread evenly over the whole. */
export function mixed(counts: Counts): { kind: string; index: number }[] {
  const places = Object.entries(counts).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => ({ kind, index, at: (index + 0.5) / count })),
  );
  return places.toSorted((a, b) => a.at - b.at).map(({ kind, index }) => ({ kind, index }));
}

/** The condition of a write no longer holds when the write is repeated. */
function withoutCondition(call: WireCall): WireCall {
  if (call.service !== "dynamodb" || call.action !== "PutItem") return call;
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues, ...body } = JSON.parse(call.body) as Record<
    string,
    unknown
  >;
  return { ...call, body: JSON.stringify(body) };
}

function unknown(kind: string): Again {
  throw new Error(`The playground was asked for "${kind}", and no call of the guard's clients was of that kind.`);
}
