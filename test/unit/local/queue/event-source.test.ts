import type { SQSEvent } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { ScaledClock } from "../../../../local/clock.ts";
import { EventSource } from "../../../../local/queue/event-source.ts";
import { Queue } from "../../../../local/queue/queue.ts";
import { allBut, startTestSource } from "../../../support/local/event-source.ts";
import { receiveOne, START } from "../../../support/local/queue.ts";

test("what the handler managed is deleted, and no time passes", async () => {
  const { queue, source, clock, given, send } = startTestSource(async () => allBut());
  await send("one");
  await source.idle();
  expect(given).toEqual(["0 s: one"]);
  expect(queue.all()).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(clock.now()).toBe(START);
});

test("no answer at all means that everything was managed", async () => {
  const { queue, source, send } = startTestSource(async () => undefined);
  await send("one");
  await source.idle();
  expect(queue.all()).toEqual([]);
});

test("messages that were there before the start are given too", async () => {
  const { queue, clock, source, send } = startTestSource(async () => allBut());
  await source.stop();
  await send("early", 10, "delayed");
  const given: string[] = [];
  const handler = async ({ Records }: SQSEvent) => {
    given.push(...Records.map((it) => it.body));
    return allBut();
  };
  const restarted = new EventSource({ queue, clock, handler, onError: () => undefined });
  await restarted.idle();
  await clock.work(() => clock.until(START + 10_000));
  await restarted.idle();
  await restarted.stop();
  expect(given).toEqual(["early", "delayed"]);
  expect(queue.all()).toEqual([]);
});

test("messages that are sent at the same moment come in one batch, in their order", async () => {
  const { source, clock, queue, given } = startTestSource(async () => allBut());
  await clock.work(async () => {
    queue.send("first");
    await Promise.resolve();
    queue.send("second");
  });
  await source.idle();
  expect(given).toEqual(["0 s: first second"]);
});

test("no more handlers work at once than allowed, each with no more messages than allowed", async () => {
  let working = 0;
  const most: number[] = [];
  const { given, send, drained } = startTestSource(
    async (_, __, { clock }) => {
      most.push(++working);
      await clock.until(clock.now() + 30_000);
      working -= 1;
      return allBut();
    },
    { batchSize: 2, maxConcurrency: 3 },
  );
  await send(1, ..."abcdefghijklm");
  await drained();
  expect(given.sort()).toEqual(["1 s: a b", "1 s: c d", "1 s: e f", "31 s: g h", "31 s: i j", "31 s: k l", "61 s: m"]);
  expect(Math.max(...most)).toBe(3);
});

test("time stands still until everything visible is handled, also what waits for a handler to be free", async () => {
  const { given, send, drained } = startTestSource(
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return allBut();
    },
    { batchSize: 1, maxConcurrency: 1 },
  );
  await send(3, "later", 0, "a", "b", "c");
  await drained();
  expect(given).toEqual(["0 s: a", "0 s: b", "0 s: c", "3 s: later"]);
});

test("a message that comes while a handler works goes to the next handler at once", async () => {
  const { given, send, drained } = startTestSource(async ({ Records: [record] }, _, { clock, queue }) => {
    if (record?.body === "slow") {
      queue.send("quick", { delaySeconds: 2 });
      await clock.until(clock.now() + 50_000);
    }
    return allBut();
  });
  await send("slow");
  await drained();
  expect(given).toEqual(["0 s: slow", "2 s: quick"]);
});

test("a message that somebody else looked at comes when they let it go", async () => {
  const { given, send, drained } = startTestSource(
    async ({ Records: [record] }, _, { clock, queue }) => {
      if (record?.body === "slow") {
        await clock.until(START + 1_000);
        queue.changeVisibility(receiveOne(queue), 20);
      }
      return allBut();
    },
    { batchSize: 1, maxConcurrency: 1 },
  );
  await send("slow", "seen");
  await drained();
  expect(given).toEqual(["0 s: slow", "21 s: seen"]);
});

test("messages that a killed process had in hand come again when their visibility ends", async () => {
  const { source, queue, clock, send } = startTestSource(async () => allBut());
  await source.stop();
  await send("one");
  queue.receive(1);
  const counts: (string | undefined)[] = [];
  const handler = async ({ Records }: SQSEvent) => {
    counts.push(Records[0]?.attributes.ApproximateReceiveCount);
    return allBut();
  };
  const restarted = new EventSource({ queue, clock, handler, onError: () => undefined });
  await restarted.idle();
  expect(counts).toEqual(["2"]);
  expect(clock.now()).toBe(START + 360_000);
});

test("on a clock that runs by itself what failed comes again in its time, too", async () => {
  const clock = new ScaledClock(10_000, START);
  onTestFinished(() => clock.stop());
  const queue = new Queue({ name: "watch", now: () => clock.now(), maxReceiveCount: 3 });
  const times: number[] = [];
  const sent = clock.now();
  const handler = async ({ Records }: SQSEvent) => {
    times.push(clock.now());
    return allBut(Records.find((it) => it.attributes.ApproximateReceiveCount === "1"));
  };
  const source = new EventSource({ queue, clock, handler, onError: () => undefined });
  queue.send("one");
  await source.idle();
  await source.stop();
  expect(times).toHaveLength(2);
  expect((times[1] ?? 0) - sent).toBeGreaterThanOrEqual(360_000);
});

test("stopping waits for the handler at work and gives it nothing more", async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const { queue, source, given, send } = startTestSource(
    async () => {
      started.resolve();
      await finish.promise;
      return allBut();
    },
    { batchSize: 1, maxConcurrency: 1 },
  );
  await send("one", "two");
  await started.promise;
  const stopped = source.stop();
  finish.resolve();
  await stopped;
  expect(given).toEqual(["0 s: one"]);
  expect(queue.all().map((it) => it.body)).toEqual(["two"]);
});
