import { describe, expect, it } from "vitest";
import { sum } from "../../../bench/counts.ts";
import { inPart } from "../../../bench/parts.ts";
import { startLines, stormLines, sweepLines } from "../../../bench/report.ts";
import type { StartResult } from "../../../bench/start.ts";
import type { StormResult } from "../../../bench/storm.ts";
import type { SweepResult } from "../../../bench/sweep.ts";
import type { WarmResult } from "../../../bench/warm.ts";
import { FUNCTIONS } from "../../../infra/bundle-folder.ts";

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
    // An entry each, and that it is not ready any more once replication has stopped.
    expect(warm.calls["slack chat.postMessage"]).toBe(4);
    expect(warm.floor.median).toBeGreaterThan(0);
  });

  it("starts the bundle in a fresh process until Slack has its first message, against a bare Node", async () => {
    const start = (await inPart("start", 1, {})) as StartResult;
    expect(start.calls).toMatchObject({ "slack chat.postMessage": 1, "secretsmanager GetSecretValue": 1, "events PutEvents": 1 });
    expect(start.told.ms).toBeGreaterThan(start.loaded.ms);
    expect(start.told.floorMs).toBe(start.loaded.floorMs);
    expect(start.bundles.map(({ name }) => name)).toEqual(FUNCTIONS);
    expect(startLines(start)).toHaveLength(5 + FUNCTIONS.length);
    expect(start.acknowledged.ms).toBeGreaterThan(start.acknowledged.floorMs);
  });
});
