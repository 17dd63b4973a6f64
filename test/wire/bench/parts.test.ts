import { describe, expect, it } from "vitest";
import { sum } from "../../../bench/counts.ts";
import { folderBytes } from "../../../bench/folder-bytes.ts";
import { inPart } from "../../../bench/parts.ts";
import { startLines, stormLines, sweepLines, warmLines } from "../../../bench/report.ts";
import { BUDGETS, type StartResult } from "../../../bench/start.ts";
import type { StormResult } from "../../../bench/storm.ts";
import type { SweepResult } from "../../../bench/sweep.ts";
import type { WarmResult } from "../../../bench/warm.ts";
import { bundleFolder, FUNCTIONS } from "../../../infra/bundle-folder.ts";

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

  it("starts the bundle in a fresh process until Slack has its first message, against the same calls", async () => {
    const start = (await inPart("start", 1, {})) as StartResult;
    expect(start.calls).toMatchObject({ "slack chat.postMessage": 1, "secretsmanager GetSecretValue": 1, "events PutEvents": 1 });
    expect(start.told.ms).toBeGreaterThan(start.loaded.ms);
    expect(start.told.floorMs).toBeGreaterThan(start.loaded.floorMs);
    expect(start.bundles.map(({ name }) => name)).toEqual(FUNCTIONS);
    expect(startLines(start)).toHaveLength(5 + FUNCTIONS.length);
    expect(start.acknowledged.ms).toBeGreaterThan(start.acknowledged.floorMs);
  });

  it("finds each bundle within its size", () => {
    for (const name of FUNCTIONS) expect(folderBytes(bundleFolder(name))).toBeLessThan(BUDGETS.bytes);
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
    const slow = { ms: 510, floorMs: 100, ratio: 5.1, budget: 5, withinBudget: false };
    const told = { ms: 300, floorMs: 100, ratio: 3, budget: 4, withinBudget: true };
    const bundles = [{ name: "watch", bytes: 1_000_001, budget: 1_000_000, withinBudget: false }];
    const acknowledged = { ms: 410, floorMs: 100, ratio: 4.1, budget: 4, withinBudget: false };
    const over: StartResult = { runs: 1, loaded: slow, told, acknowledged, calls: {}, bundles, withinBudget: false };
    expect(startLines(over).slice(2)).toEqual([
      "  loaded        median 510.0 ms, a bare Node's start 100.0 ms: 5.10 times, OVER the budget of 5.0 times",
      "  first told    median 300.0 ms, a bare Node's start and the calls 100.0 ms: 3.00 times, within the budget of 4.0 times",
      "  acknowledged  median 410.0 ms for a command to the slack function, a bare Node's start 100.0 ms: 4.10 times, OVER the budget of 4.0 times",
      "  watch bundle  1,000,001 bytes: OVER the budget of 1,000,000 bytes",
    ]);
  });
});
