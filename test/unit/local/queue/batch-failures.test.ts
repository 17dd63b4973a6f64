import type { SQSBatchResponse } from "aws-lambda";
import { expect, test } from "vitest";
import { allBut, startTestSource } from "../../../support/local/event-source.ts";

test("only what the handler reports as failed comes again, once its visibility has ended", async () => {
  const { given, send, drained } = startTestSource(async ({ Records }) =>
    allBut(Records.find((it) => it.body === "bad" && it.attributes.ApproximateReceiveCount === "1")),
  );
  await send(10, "good", "bad", "fine");
  await drained();
  expect(given).toEqual(["10 s: good bad fine", "370 s: bad"]);
});

test("a handler that throws fails its whole batch, and what it threw is told", async () => {
  const { given, errors, send, drained } = startTestSource(async ({ Records }) => {
    if (Records[0]?.attributes.ApproximateReceiveCount === "1") throw new Error("Slack is away");
    return allBut();
  });
  await send(5, "one", "two");
  await drained();
  expect(given).toEqual(["5 s: one two", "365 s: one two"]);
  expect(errors).toEqual(["Slack is away"]);
});

test.each<[string, unknown]>([
  ["an empty id", { itemIdentifier: "" }],
  ["an id of another batch", { itemIdentifier: "5fea7756-0ea4-451a-a703-a558b933e274" }],
  ["a wrong key", { messageId: "x" }],
])("an answer with %s fails the whole batch, as in Lambda", async (_, failure) => {
  const { given, errors, send, drained } = startTestSource(async ({ Records }) =>
    Records[0]?.attributes.ApproximateReceiveCount === "1" ? ({ batchItemFailures: [failure] } as SQSBatchResponse) : allBut(),
  );
  await send(5, "one", "two");
  await drained();
  expect(given).toEqual(["5 s: one two", "365 s: one two"]);
  expect(errors).toEqual([expect.stringContaining(`The handler reported ${JSON.stringify(failure)} as failed`)]);
});

test("a handler chooses when its message comes again, up to 12 hours later", async () => {
  const { source, given, errors, send } = startTestSource(async ({ Records: [record] }, _, { queue }) => {
    const seconds = [0, 90, 43_200][Number(record?.attributes.ApproximateReceiveCount)];
    if (seconds === undefined) return allBut();
    queue.changeVisibility(record?.receiptHandle ?? "", seconds);
    return allBut(record);
  });
  await send("one");
  await source.idle();
  expect(given).toEqual(["0 s: one", "90 s: one", "43290 s: one"]);
  expect(errors).toEqual([]);
});

test("what keeps failing becomes a dead letter, and the queue is idle then", async () => {
  const { queue, source, given, send } = startTestSource(async ({ Records }) => allBut(...Records));
  await send("poison");
  await source.idle();
  expect(given).toEqual(["0 s: poison", "360 s: poison", "720 s: poison"]);
  expect(queue.deadLetters.all()).toMatchObject([{ body: "poison", reason: "Received 3 times and never deleted." }]);
});
