import { expect, it, vi } from "vitest";
import { inPart } from "../../../bench/parts.ts";
import type { RecreateResult } from "../../../bench/recreate/recreate.ts";
import { recreateLines } from "../../../bench/recreate/report.ts";
import { shareOf } from "../../../bench/recreate/share.ts";
import { VirtualClock } from "../../../local/clock.ts";

vi.setConfig({ testTimeout: 120_000 });

// On a virtual clock: what is counted here is the same on every machine. Its creation is short, for the test's sake.
it("a recreation goes on within 20 seconds of AWS, with few looks, operations and bytes", async () => {
  const result = (await inPart("recreate", { minutes: 20 }, {})) as RecreateResult;
  expect(result.aws.deletion).toBeCloseTo(707.213, 3);
  expect(result.minutes).toBe(21);
  const { beforeDeletion, untilCreation, untilOutcome } = result.guard;
  // A second for Slack's pace, between the card and the entry.
  expect(beforeDeletion).toBeLessThanOrEqual(2);
  expect(untilCreation).toBeLessThanOrEqual(20);
  expect(untilOutcome).toBeLessThanOrEqual(22);
  const looks = result.polls.gone + result.polls.built;
  expect(looks).toBeGreaterThan(20);
  expect(looks).toBeLessThanOrEqual(280);
  // A step each for claim, intent, deletion, creation, end and three messages; a look is begun and ended, and each in an invocation of its own.
  expect(result.operations).toBeLessThanOrEqual(looks + 20);
  expect(result.invocations).toBeLessThanOrEqual(looks);
  expect(result.bytes.largest).toBeLessThan(2_000);
  expect(result.bytes.state).toBeLessThan(6_000);
  expect(result.bytes.written).toBeLessThanOrEqual(250 * looks);
  expect(result.calls).toMatchObject({
    "rds DeleteBlueGreenDeployment": 1,
    "rds CreateBlueGreenDeployment": 1,
    // The card; that it is being recreated, deleted, created again, and ready.
    "slack chat.postMessage": 5,
  });
  // A look writes to the records only where it brings the card up to date: at most once a minute, and less often the longer it takes.
  const updates = result.calls["slack chat.update"] ?? 0;
  expect(updates).toBeLessThanOrEqual(30);
  expect(result.calls["dynamodb PutItem"]).toBeLessThanOrEqual(10 * 5 + 6 * updates);
  // Six calls of RDS a look: the deployment, its databases by kind, and three lists of events; which are asked once more of the deletion.
  expect(result.calls["rds DescribeEvents"]).toBe(3 * (result.polls.built + 1));
  expect(recreateLines(result)).toHaveLength(8);
});

it("the guard's share is what it took besides the deletion and the creation", () => {
  const calls = [
    { at: 1_000, what: "DeleteBlueGreenDeployment" },
    { at: 81_000, what: "DescribeBlueGreenDeployments" },
    { at: 103_000, what: "DescribeBlueGreenDeployments" },
    { at: 103_000, what: "CreateBlueGreenDeployment" },
    { at: 993_000, what: "DescribeBlueGreenDeployments" },
    { at: 1_013_000, what: "DescribeBlueGreenDeployments" },
  ];
  const events = [
    { at: 101_000, what: "Blue/green deployment deleted." },
    { at: 1_003_000, what: "Blue/green deployment tasks completed. You can make more modifications" },
  ];
  expect(shareOf({ calls, events }, { startedAt: 0, endedAt: 1_013_000 })).toEqual({
    aws: { deletion: 100, creation: 900 },
    guard: { beforeDeletion: 1, untilCreation: 2, untilOutcome: 10 },
    share: 0.013,
    worstShare: 43 / 970,
  });
  expect(() => shareOf({ calls: [], events }, { startedAt: 0, endedAt: 0 })).toThrow('one "DeleteBlueGreenDeployment", not 0');
});

it("a recreation over its budget is said to be over it", () => {
  const over: RecreateResult = {
    minutes: 31,
    aws: { deletion: 700, creation: 1_860 },
    guard: { beforeDeletion: 1, untilCreation: 19, untilOutcome: 20 },
    share: 40 / 2_560,
    worstShare: 0.0162,
    budget: 0.01,
    withinBudget: false,
    polls: { gone: 42, built: 99 },
    operations: 287,
    invocations: 140,
    bytes: { written: 22_391, largest: 1_142, state: 4_536 },
    calls: {},
    cpu: { seconds: 3, floorSeconds: 2, ratio: 1.5 },
  };
  expect(recreateLines(over).at(-1)).toBe(
    "  share         1.56 % of AWS's time; had AWS been done right after a look 1.62 %: OVER the budget of 1.00 %",
  );
});

it("a clock takes the other one along before anybody goes on, and stands still while somebody works", async () => {
  const led: string[] = [];
  const clock = new VirtualClock(0, async (at) => void led.push(`led to ${at}`));
  const waitUntil = (at: number) =>
    clock.work(async () => {
      await clock.until(at);
      led.push(`${at} at ${clock.now()}`);
    });
  const both = await clock.work(async () => [waitUntil(20), waitUntil(10)]);
  await Promise.all(both);
  expect(led).toEqual(["led to 10", "10 at 10", "led to 20", "20 at 20"]);
  clock.stop();
  void clock.work(() => clock.until(30));
  await new Promise(setImmediate);
  expect([clock.now(), led.length]).toEqual([20, 4]);
});
