import { expect, it } from "vitest";
import { atMost } from "../../../bench/budgets.ts";
import { inPart } from "../../../bench/parts.ts";
import type { RecreateResult } from "../../../bench/recreate/recreate.ts";
import { recreateLines } from "../../../bench/recreate/report.ts";
import { shareOf } from "../../../bench/recreate/share.ts";
import { VirtualClock } from "../../../local/clock.ts";

// On a virtual clock: what is counted here is the same on every machine. Its creation is short, for the test's sake.
it("a recreation goes on within seconds of AWS, with few looks, operations, bytes and calls", async () => {
  const result = (await inPart("recreate", { minutes: 20 }, {})) as RecreateResult;
  expect(result.aws.deletion).toBeCloseTo(707.213, 3);
  expect(result.minutes).toBe(21);
  const { beforeDeletion, untilCreation, untilOutcome } = result.guard;
  // A second for Slack's pace, between the card and the entry, and one until the event has arrived.
  expect(beforeDeletion).toBeLessThanOrEqual(2);
  expect(untilCreation).toBeLessThanOrEqual(3);
  expect(untilOutcome).toBeLessThanOrEqual(5);
  const looks = result.polls.gone + result.polls.built;
  // One every five minutes, and one an event that a rule reads.
  expect(looks).toBeGreaterThan(8);
  expect(looks).toBeLessThanOrEqual(20);
  // A step each for claim, intent, deletion, creation, end and three messages; a look has a callback besides, and may rest.
  expect(result.operations).toBeLessThanOrEqual(3 * looks + 20);
  expect(result.invocations).toBeLessThanOrEqual(2 * looks);
  expect(result.bytes.largest).toBeLessThan(2_000);
  expect(result.bytes.state).toBeLessThan(25_000);
  expect(result.bytes.written).toBeLessThanOrEqual(300 * looks + 2_000);
  expect(result.calls).toMatchObject({
    "rds DeleteBlueGreenDeployment": 1,
    "rds CreateBlueGreenDeployment": 1,
  });
  // The card; that it is being recreated, deleted, created again, and ready: one may be the watch function's.
  expect([4, 5]).toContain(result.calls["slack chat.postMessage"]);
  // A look writes down what wakes it, and at most once a minute that the card is out of date.
  expect(result.calls["dynamodb PutItem"]).toBeLessThanOrEqual(10 * 6 + 2 * looks);
  // Events are asked for at a look that shows nothing new, before green counts as built, and once of the deletion.
  expect(result.calls["rds DescribeEvents"]).toBeGreaterThanOrEqual(3);
  expect(result.calls["rds DescribeEvents"]).toBeLessThanOrEqual(result.polls.built + 1);
  expect(result.calls["lambda SendDurableExecutionCallbackSuccess"]).toBeLessThan(looks);
  expect(recreateLines(result)).toHaveLength(9);
  expect(result.verdicts.map(({ what }) => what)).toEqual(["% of AWS's time, for a recreation of 21 minutes' creation"]);
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
    lostShare: 0.613,
  });
  expect(() => shareOf({ calls: [], events }, { startedAt: 0, endedAt: 0 })).toThrow('one "DeleteBlueGreenDeployment", not 0');
});

it("a recreation over its budget is said to be over it", () => {
  const over: RecreateResult = {
    minutes: 31,
    aws: { deletion: 700, creation: 1_860 },
    guard: { beforeDeletion: 1, untilCreation: 19, untilOutcome: 20 },
    share: 40 / 2_560,
    lostShare: 0.25,
    verdicts: [atMost("% of AWS's time", (100 * 40) / 2_560, 0.3), atMost("calls", 151, 150)],
    polls: { gone: 4, built: 12 },
    operations: 42,
    invocations: 17,
    checkpoints: 68,
    bytes: { written: 22_391, largest: 1_142, state: 4_536 },
    calls: { "dynamodb GetItem": 100, "rds DescribeEvents": 51 },
    watched: 105,
    cpuSeconds: 3,
  };
  expect(recreateLines(over).slice(-3)).toEqual([
    "  share         1.56 % of AWS's time; had RDS's two events been lost, 25.00 % at most",
    "  OVER   budget 0.3 % of AWS's time: 1.56",
    "  OVER   budget 150 calls: 151",
  ]);
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
