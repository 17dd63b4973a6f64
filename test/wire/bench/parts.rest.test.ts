import { describe, expect, it } from "vitest";
import { sum } from "../../../bench/counts.ts";
import { inPart } from "../../../bench/parts.ts";
import { startLines, stormLines, sweepLines, warmLines } from "../../../bench/report.ts";
import type { StartResult } from "../../../bench/start/start.ts";
import type { StormResult } from "../../../bench/storm.ts";
import type { SweepResult } from "../../../bench/sweep.ts";
import type { WarmResult } from "../../../bench/warm/warm.ts";
import { FUNCTIONS } from "../../../infra/bundle-folder.ts";

// Bundles are made first, which takes long on a crowded machine.

// Small, and on any core: what is measured here is not the point, but that it is measured.
describe("the bench", () => {
  it("has a storm told to its end on one core", async () => {
    const storm = (await inPart("storm", { deployments: 3, seconds: 25, asInAws: false }, {})) as StormResult;
    expect(storm).toMatchObject({ events: 30, brokenOff: false, taken: { events: 30 }, told: { events: 30 } });
    // A card each, and what has piled up in one entry.
    expect(storm.messages.posted).toBeGreaterThanOrEqual(6);
    expect(storm.callsAnEvent).toBe(sum(storm.calls) / 30);
    expect(stormLines(storm).join("\n")).toContain("30 events of 3 deployments");
  });

  it("has a storm wait for calls as in AWS, and for Slack's pace", async () => {
    const storm = (await inPart("storm", { deployments: 31, seconds: 25, asInAws: true }, {})) as StormResult;
    expect(storm.taken.events).toBe(310);
    // The fourth batch comes once one of the first three is done with: a listing, a look at the databases, and Slack if it tells.
    expect(storm.taken.seconds).toBeGreaterThan(0.5);
    expect(storm.messages.posted).toBeLessThanOrEqual(storm.seconds + 1);
  });

  it("counts the calls of a sweep that has something to tell, and of one that has not", async () => {
    const sweep = (await inPart("sweep", 2, {})) as SweepResult;
    expect(sweep.first.slack).toBeGreaterThanOrEqual(4);
    expect(sweep.idle.slack).toBe(0);
    expect(sweep.idle.rds).toBeLessThan(sweep.first.rds);
    expect(sweep.idle.all).toBe(sum(sweep.idle.calls));
    expect(sweepLines([sweep]).slice(1)).toHaveLength(3);
  });

  it("counts the calls of a warm DDL event, and says how soon its alert stands in the channel", async () => {
    const warm = (await inPart("warm", { warmUps: 1, events: 2, delayed: 2 }, {})) as WarmResult;
    // The card, and the entry that is the alert; what AWS is told of it besides.
    expect(warm.calls).toMatchObject({ "slack chat.update": 1, "slack chat.postMessage": 1, "events PutEvents": 1 });
    expect(warm.levels.flat()).toHaveLength(sum(warm.calls));
    expect(warm.levels.at(-1)).toEqual(["dynamodb PutItem (deployment)"]);
    // No design is faster than Slack after RDS.
    expect(warm.least.alertMs).toBeGreaterThanOrEqual(550);
    expect(warm.alertMs.median).toBeGreaterThan(warm.least.alertMs);
    expect(warm.cpuMs.median).toBeGreaterThan(warm.least.cpuMs);
    // It writes that the event is filed, what it says and that it is told, each into the table, the latter two into the index as well.
    expect(warm.writeUnits).toBeGreaterThanOrEqual(4);
    expect(warmLines(warm)).toHaveLength(5 + warm.levels.length + warm.verdicts.length);
  });

  it("starts the bundle in a fresh process until Slack has its first message, against a bare Node", async () => {
    const start = (await inPart("start", { runs: 1 }, {})) as StartResult;
    expect(start.calls).toMatchObject({ "slack chat.postMessage": 1, "secretsmanager GetSecretValue": 1, "events PutEvents": 1 });
    // Of CPU: another program may have held up one of them.
    expect(start.told.cpuRatio).toBeGreaterThan(start.loaded.cpuRatio);
    expect(start.loaded.cpuRatio).toBeGreaterThan(1);
    expect(start.told.floorMs).toBe(start.loaded.floorMs);
    expect(start.bundles.map(({ name }) => name)).toEqual(FUNCTIONS);
    expect(start.verdicts).toHaveLength(3 + FUNCTIONS.length);
    expect(startLines(start)).toHaveLength(6 + start.verdicts.length);
    expect(start.acknowledged.cpuRatio).toBeGreaterThan(1);
    expect(start.peer).toContain("--notify-slack DIR was not given");
  });
});
