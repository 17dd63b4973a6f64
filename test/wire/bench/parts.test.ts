import { describe, expect, it } from "vitest";
import { folderBytes } from "../../../bench/folder-bytes.ts";
import { startLines, warmLines } from "../../../bench/report.ts";
import { type StartResult, weigh } from "../../../bench/start.ts";
import type { WarmResult } from "../../../bench/warm.ts";
import { bundleFolder, FUNCTIONS } from "../../../infra/bundle-folder.ts";

// Small, and on any core: what is measured here is not the point, but that it is measured.
describe("the bench", () => {
  it("finds each bundle within its size, which is at most a sixth more than it has", () => {
    const weighed = FUNCTIONS.map((name) => weigh(name, folderBytes(bundleFolder(name))));
    expect(weighed.filter(({ withinBudget }) => !withinBudget)).toEqual([]);
    expect(weighed.filter(({ bytes, budget }) => budget > (bytes * 7) / 6)).toEqual([]);
  });
});

describe("a warm handler over its budget", () => {
  it("is said to be over it", () => {
    const times = { median: 1, p95: 1 };
    const over: WarmResult = { events: 1, handler: times, floor: times, ratio: 1.6, budget: 1.5, withinBudget: false, calls: {} };
    expect(warmLines(over).at(-1)).toContain("1.60 times of the medians: OVER the budget of 1.5 times");
  });
});

describe("a start over its budget", () => {
  it("is said to be over it, in time and in size", () => {
    const slow = { ms: 510, floorMs: 100, ratio: 5.1, cpuRatio: 5.5, budget: 5, withinBudget: false };
    const told = { ms: 300, floorMs: 100, ratio: 3, cpuRatio: 3.3, budget: 4, withinBudget: true };
    const bundles = [{ name: "watch", bytes: 1_000_001, budget: 1_000_000, withinBudget: false }];
    const acknowledged = { ms: 410, floorMs: 100, ratio: 4.1, cpuRatio: 4, budget: 4, withinBudget: false };
    const over: StartResult = { runs: 1, loaded: slow, told, acknowledged, calls: {}, bundles, withinBudget: false };
    expect(startLines(over).slice(2)).toEqual([
      "  loaded        median 510.0 ms, a bare Node's start 100.0 ms: 5.10 times (5.50 times the CPU), OVER the budget of 5.0 times",
      "  first told    median 300.0 ms, a bare Node's start 100.0 ms: 3.00 times (3.30 times the CPU), within the budget of 4.0 times",
      "  acknowledged  a command to the slack function: median 410.0 ms, a bare Node's start 100.0 ms: 4.10 times (4.00 times the CPU), OVER the budget of 4.0 times",
      "  watch bundle  1,000,001 bytes: OVER the budget of 1,000,000 bytes",
    ]);
  });
});
