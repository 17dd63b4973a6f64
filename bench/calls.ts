import { replayer } from "./replay.ts";
import type { WireCall } from "./wire.ts";

/** Calls to make in a fresh process. */
export interface CallsInput {
  url: string;
  /** The table that DynamoDB's calls go to, empty. */
  table: string;
  /** The calls of a wave are made at once, the waves one after the other. */
  waves: WireCall[][];
}

/** Makes the calls once through bare clients that have made none before; returns how many milliseconds they took. */
export async function measureCalls({ url, table, waves }: CallsInput): Promise<number> {
  const prepare = replayer(url, table);
  const prepared = waves.map((wave) => wave.map(prepare));
  const begun = performance.now();
  for (const wave of prepared) await Promise.all(wave.map((call) => call()));
  return performance.now() - begun;
}
