import { describe, expect, it } from "vitest";
import { sum } from "../../bench/counts.ts";
import { inPart } from "../../bench/parts.ts";
import { stormLines, sweepLines, warmLines } from "../../bench/report.ts";
import type { StormResult } from "../../bench/storm.ts";
import type { SweepResult } from "../../bench/sweep.ts";
import type { WarmResult } from "../../bench/warm.ts";

// Small, and on any core: what is measured here is not the point, but that it is measured.
describe("the bench", () => {
  it("has a storm told to its end, and makes as many calls again for the floor", async () => {
    const storm = (await inPart("storm", { deployments: 3, seconds: 25 }, {})) as StormResult;
    expect(storm).toMatchObject({ events: 30, brokenOff: false, taken: { events: 30 }, told: { events: 30 } });
    // A card each, and what has piled up in one entry.
    expect(storm.messages.posted).toBeGreaterThanOrEqual(6);
    expect(storm.floor.calls).toBe(sum(storm.calls));
    expect(stormLines(storm).join("\n")).toContain("30 events of 3 deployments");
  });

  it("counts the calls of a sweep that has something to tell, and of one that has not", async () => {
    const sweep = (await inPart("sweep", 2, {})) as SweepResult;
    expect(sweep.first.slack).toBeGreaterThanOrEqual(4);
    expect(sweep.idle.slack).toBe(0);
    expect(sweep.idle.rds).toBeLessThan(sweep.first.rds);
    expect(sweepLines([sweep]).slice(1)).toHaveLength(3);
  });

  it("makes for the warm handler's floor just the calls that the handler made", async () => {
    const warm = (await inPart("warm", { deployments: 1, warmUps: 1, events: 3 }, {})) as WarmResult;
    expect(warm.events).toBe(3);
    expect(warm.calls["slack chat.postMessage"]).toBe(3);
    expect(warm.floor.median).toBeGreaterThan(0);
  });
});

describe("a warm handler over its budget", () => {
  it("is said to be over it", () => {
    const times = { median: 1, p95: 1 };
    const over: WarmResult = { events: 1, handler: times, floor: times, ratio: 1.6, budget: 1.5, withinBudget: false, calls: {} };
    expect(warmLines(over).at(-1)).toContain("1.60 times of the medians: OVER the budget of 1.5 times");
  });
});
