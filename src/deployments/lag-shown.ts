import { type Lag, type LagMetric, type LagTrend, SMALL_LAG } from "./lag.ts";

/** A lag in coarse steps, to be compared: it stays the same from sweep to sweep unless something worth telling changed. */
export type LagShown =
  | {
      state: "measured";
      unit: LagMetric["unit"];
      /** The lag is below this: a small lag, or that doubled as often as it takes. In `unit`. */
      below: number;
      trend: LagTrend;
      /** About how long until it is 0, in minutes: 1, 2, 4, …; absent unless a large lag falls. */
      aboutMinutes?: number;
    }
  | { state: "not-replicating" }
  | { state: "unknown" };

// How far a value may leave the step that is shown before another one is.
const SLACK = 0.25;

/** Rounds a lag to what a card shows; `before` is what it shows now, so that a value at the edge of a step does not go to and fro. */
export function lagShown(lag: Lag, before?: LagShown): LagShown {
  if (lag.state !== "measured") return { state: lag.state };
  const { value, unit, trend, aboutMsToZero } = lag;
  const kept = before?.state === "measured" && before.unit === unit ? before : undefined;
  const below = kept && isNear(value, kept.below, unit) ? kept.below : stepAbove(value, SMALL_LAG[unit]);
  const isLarge = below > SMALL_LAG[unit];
  const aboutMinutes = isLarge && trend === "falling" && aboutMsToZero !== undefined ? stepAbove(aboutMsToZero / 60_000, 1) : undefined;
  return { state: "measured", unit, below, trend, ...(aboutMinutes !== undefined && { aboutMinutes }) };
}

function isNear(value: number, below: number, unit: LagMetric["unit"]): boolean {
  const lowest = below > SMALL_LAG[unit] ? (below / 2) * (1 - SLACK) : 0;
  return value >= lowest && value < below * (1 + SLACK);
}

function stepAbove(value: number, smallest: number): number {
  let step = smallest;
  while (value >= step) step *= 2;
  return step;
}
