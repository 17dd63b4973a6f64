import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestQueue, receivedBodies, receiveOne, START } from "../../../support/local/queue.ts";

test("a received message is invisible for six minutes, then comes again under a new handle with a higher count", async () => {
  const { queue, pass } = await openTestQueue();
  const id = await queue.send("degraded");
  const [first] = await queue.receive(1);
  expect(first).toMatchObject({
    messageId: id,
    body: "degraded",
    md5OfBody: "8377f5fd94f84ea08829f36e1ded3b74",
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(START), ApproximateFirstReceiveTimestamp: String(START) },
  });
  pass(359.999);
  expect(await queue.receive(1)).toEqual([]);
  pass(0.001);
  const [second] = await queue.receive(1);
  expect(second?.attributes).toMatchObject({ ApproximateReceiveCount: "2", ApproximateFirstReceiveTimestamp: String(START) });
  expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
});

test("messages come oldest first, up to as many as asked for", async () => {
  const { queue } = await openTestQueue();
  for (const body of ["one", "two", "three"]) await queue.send(body);
  expect(await receivedBodies(queue, 2)).toEqual(["one", "two"]);
  expect(await receivedBodies(queue, 2)).toEqual(["three"]);
});

test("a delayed message waits for its time", async () => {
  const { queue, pass } = await openTestQueue();
  await queue.send("later", { delaySeconds: 900 });
  expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  expect(queue.nextVisibleAt()).toBe(START + 900_000);
  pass(900);
  expect(await receivedBodies(queue)).toEqual(["later"]);
});

test("only the handle of the last receive deletes, and deleting twice is fine", async () => {
  const { queue, pass } = await openTestQueue();
  await queue.send("body");
  const old = await receiveOne(queue);
  pass(360);
  const latest = await receiveOne(queue);
  await queue.delete(old);
  expect(queue.depth().inFlight).toBe(1);
  await queue.delete(latest);
  await queue.delete(latest);
  expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test("a handle still deletes when its message is visible again and nobody has received it since", async () => {
  const { queue, pass } = await openTestQueue();
  await queue.send("body");
  const handle = await receiveOne(queue);
  pass(1_000);
  await queue.delete(handle);
  expect(queue.all()).toEqual([]);
});

test("visibility ends when the receiver says so, now or later, but never more than 12 hours after the receive", async () => {
  const { queue, pass } = await openTestQueue();
  await queue.send("body");
  await queue.changeVisibility(await receiveOne(queue), 0);
  const handle = await receiveOne(queue);
  pass(60);
  await queue.changeVisibility(handle, 43_140);
  expect(queue.nextVisibleAt()).toBe(START + 43_200_000);
  await expect(queue.changeVisibility(handle, 43_141)).rejects.toMatchObject({
    code: "InvalidParameterValue",
    message:
      "Value 43141 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
  });
  pass(43_140);
  await expect(queue.changeVisibility(handle, 10)).rejects.toMatchObject({ code: "MessageNotInflight" });
});

test("an old handle changes no visibility, and no handle that of a deleted message", async () => {
  const { queue, pass } = await openTestQueue();
  await queue.send("body");
  const old = await receiveOne(queue);
  pass(360);
  const latest = await receiveOne(queue);
  await queue.changeVisibility(old, 0);
  expect(queue.depth().inFlight).toBe(1);
  await queue.delete(latest);
  await expect(queue.changeVisibility(latest, 0)).rejects.toMatchObject({ code: "InvalidParameterValue" });
});

test("what SQS does not take is refused and changes nothing", async () => {
  const { queue } = await openTestQueue();
  await expect(queue.send("")).rejects.toMatchObject({ code: "MissingParameter" });
  await expect(queue.send("bell \u0007")).rejects.toMatchObject({ code: "InvalidMessageContents" });
  await expect(queue.send("x".repeat(1_048_577))).rejects.toMatchObject({ code: "InvalidParameterValue" });
  await expect(queue.send("x", { delaySeconds: 901 })).rejects.toMatchObject({ code: "InvalidParameterValue" });
  await expect(queue.receive(11)).rejects.toMatchObject({ code: "InvalidParameterValue" });
  await expect(queue.delete("no handle")).rejects.toMatchObject({ code: "ReceiptHandleIsInvalid" });
  expect(queue.all()).toEqual([]);
});

test("a queue does not open with settings that SQS would refuse", async () => {
  await expect(openTestQueue({ visibilitySeconds: 43_201 })).rejects.toMatchObject({ code: "InvalidParameterValue" });
  await expect(openTestQueue({ visibilitySeconds: 0.5 })).rejects.toMatchObject({ code: "InvalidParameterValue" });
  await expect(openTestQueue({ maxReceiveCount: 0 })).rejects.toThrow("Value 0 for parameter maxReceiveCount is invalid.");
});

test("a message older than 14 days is gone, unless it is a dead letter", async () => {
  const { queue, pass, reopen } = await openTestQueue();
  await queue.send("old");
  await queue.deadLetters.send("dead");
  pass(14 * 24 * 3_600);
  await queue.send("new");
  pass(1);
  expect(await receivedBodies(queue)).toEqual(["new"]);
  expect(await receivedBodies(queue.deadLetters)).toEqual(["dead"]);
  const reopened = await reopen();
  expect(reopened.all().map((it) => it.body)).toEqual(["new"]);
});

test("a message received too often becomes a dead letter in a file that a person can read", async () => {
  const { queue, folder, pass, reopen } = await openTestQueue({ maxReceiveCount: 2 });
  const id = await queue.send(JSON.stringify({ "detail-type": "RDS Blue Green Deployment Event", detail: { EventID: "RDS-EVENT-0246" } }));
  for (const _ of [1, 2]) {
    expect(await queue.receive(1)).toHaveLength(1);
    pass(360);
  }
  expect(await queue.receive(1)).toEqual([]);
  expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  expect(JSON.parse(await readFile(join(folder, "dead-letters", `${id}.json`), "utf8"))).toEqual({
    messageId: id,
    reason: "Received 2 times and never deleted.",
    sentAt: "2024-02-05T04:29:00.000Z",
    visibleAt: "2024-02-05T04:41:00.000Z",
    receiveCount: 2,
    firstReceivedAt: "2024-02-05T04:29:00.000Z",
    messageAttributes: {},
    body: { "detail-type": "RDS Blue Green Deployment Event", detail: { EventID: "RDS-EVENT-0246" } },
  });
  expect(await readdir(join(folder, "messages"))).toEqual([]);
  expect((await reopen()).deadLetters.all()).toMatchObject([{ messageId: id, attributes: { ApproximateReceiveCount: "2" } }]);
});

test("a dead letter that a handler sends keeps the reason it gives", async () => {
  const { queue, reopen } = await openTestQueue();
  const messageAttributes = { reason: { DataType: "String", StringValue: "Unreadable: detail is missing" } };
  await queue.deadLetters.send("{}", { messageAttributes });
  expect((await reopen()).deadLetters.all()).toMatchObject([{ body: "{}", messageAttributes }]);
});

test("a broken file stops nothing and is kept aside with the reason", async () => {
  const { queue, folder, reopen } = await openTestQueue();
  const id = await queue.send("whole");
  await writeFile(join(folder, "messages", "half.json"), '{"messageId": "ha');
  await writeFile(join(folder, "messages", "empty.json"), "");
  await writeFile(join(folder, "dead-letters", `${id}.json`), JSON.stringify({ messageId: id, body: 7 }));
  await writeFile(join(folder, "messages", ".x.json.unfinished"), "killed while writ");
  const reopened = await reopen();
  expect(await receivedBodies(reopened)).toEqual(["whole"]);
  expect(reopened.deadLetters.all()).toEqual([]);
  expect(reopened.broken).toHaveLength(3);
  const half = reopened.broken.find((it) => it.path.includes("half"));
  expect(await readFile(half?.path ?? "", "utf8")).toBe('{"messageId": "ha');
  expect(await readFile(half?.path.replace(/json$/, "txt") ?? "", "utf8")).toContain("The queue could not read half.json");
  expect(await readdir(join(folder, "messages"))).toEqual([`${id}.json`]);
  expect((await reopen()).broken).toEqual([]);
});

test("listeners hear of every change until they leave", async () => {
  const { queue } = await openTestQueue();
  let heard = 0;
  const leave = queue.onChange(() => {
    heard += 1;
  });
  await queue.send("body");
  const handle = await receiveOne(queue);
  await queue.changeVisibility(handle, 60);
  await queue.delete(handle);
  expect(heard).toBe(4);
  leave();
  await queue.send("body");
  expect(heard).toBe(4);
});
