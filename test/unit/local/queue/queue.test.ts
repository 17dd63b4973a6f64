import { expect, test } from "vitest";
import { openTestQueue, receivedBodies, receiveOne, refusal, START } from "../../../support/local/queue.ts";

test("a received message is invisible for six minutes, then comes again under a new handle with a higher count", () => {
  const { queue, pass } = openTestQueue();
  const id = queue.send("degraded");
  const [first] = queue.receive(1);
  expect(first).toMatchObject({
    messageId: id,
    body: "degraded",
    md5OfBody: "8377f5fd94f84ea08829f36e1ded3b74",
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(START), ApproximateFirstReceiveTimestamp: String(START) },
  });
  pass(359.999);
  expect(queue.receive(1)).toEqual([]);
  pass(0.001);
  const [second] = queue.receive(1);
  expect(second?.attributes).toMatchObject({ ApproximateReceiveCount: "2", ApproximateFirstReceiveTimestamp: String(START) });
  expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
});

test("messages come oldest first, up to as many as asked for", () => {
  const { queue } = openTestQueue();
  for (const body of ["one", "two", "three"]) queue.send(body);
  expect(receivedBodies(queue, 2)).toEqual(["one", "two"]);
  expect(receivedBodies(queue, 2)).toEqual(["three"]);
});

test("a delayed message waits for its time", () => {
  const { queue, pass } = openTestQueue();
  queue.send("later", { delaySeconds: 900 });
  expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  expect(queue.nextVisibleAt()).toBe(START + 900_000);
  pass(900);
  expect(receivedBodies(queue)).toEqual(["later"]);
});

test("only the handle of the last receive deletes, and deleting twice is fine", () => {
  const { queue, pass } = openTestQueue();
  queue.send("body");
  const old = receiveOne(queue);
  pass(360);
  const latest = receiveOne(queue);
  queue.delete(old);
  expect(queue.depth().inFlight).toBe(1);
  queue.delete(latest);
  queue.delete(latest);
  expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test("a handle still deletes when its message is visible again and nobody has received it since", () => {
  const { queue, pass } = openTestQueue();
  queue.send("body");
  const handle = receiveOne(queue);
  pass(1_000);
  queue.delete(handle);
  expect(queue.all()).toEqual([]);
});

test("visibility ends when the receiver says so, now or later, but never more than 12 hours after the receive", () => {
  const { queue, pass } = openTestQueue();
  queue.send("body");
  queue.changeVisibility(receiveOne(queue), 0);
  const handle = receiveOne(queue);
  pass(60);
  queue.changeVisibility(handle, 43_140);
  expect(queue.nextVisibleAt()).toBe(START + 43_200_000);
  const beyond =
    "Value 43141 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]";
  expect(() => queue.changeVisibility(handle, 43_141)).toThrow(expect.objectContaining(refusal("InvalidParameterValue", beyond)));
  pass(43_140);
  expect(() => queue.changeVisibility(handle, 10)).toThrow(expect.objectContaining(refusal("MessageNotInflight")));
});

test("an old handle changes no visibility, and no handle that of a deleted message", () => {
  const { queue, pass } = openTestQueue();
  queue.send("body");
  const old = receiveOne(queue);
  pass(360);
  const latest = receiveOne(queue);
  queue.changeVisibility(old, 0);
  expect(queue.depth().inFlight).toBe(1);
  queue.delete(latest);
  expect(() => queue.changeVisibility(latest, 0)).toThrow(expect.objectContaining(refusal("InvalidParameterValue")));
});

test("what SQS does not take is refused and changes nothing", () => {
  const { queue } = openTestQueue();
  expect(() => queue.send("")).toThrow(expect.objectContaining(refusal("MissingParameter")));
  expect(() => queue.send("bell \u0007")).toThrow(expect.objectContaining(refusal("InvalidMessageContents")));
  expect(() => queue.send("half \ud83d")).toThrow(expect.objectContaining(refusal("InvalidMessageContents")));
  expect(() => queue.send("x".repeat(1_048_577))).toThrow(expect.objectContaining(refusal("InvalidParameterValue")));
  expect(() => queue.delete("no handle")).toThrow(expect.objectContaining(refusal("ReceiptHandleIsInvalid")));
  expect(queue.all()).toEqual([]);
});

test("a message older than 14 days is gone, unless it is a dead letter", () => {
  const { queue, pass } = openTestQueue();
  queue.send("old");
  queue.deadLetters.send("dead");
  pass(14 * 24 * 3_600);
  queue.send("new");
  pass(1);
  expect(receivedBodies(queue)).toEqual(["new"]);
  expect(queue.deadLetters.all().map((it) => it.body)).toEqual(["dead"]);
  expect(queue.all().map((it) => it.body)).toEqual(["new"]);
});

test("listeners hear of every change until they leave", () => {
  const { queue } = openTestQueue();
  let heard = 0;
  const leave = queue.onChange(() => {
    heard += 1;
  });
  queue.send("body");
  const handle = receiveOne(queue);
  queue.changeVisibility(handle, 60);
  queue.delete(handle);
  expect(heard).toBe(4);
  leave();
  queue.send("body");
  expect(heard).toBe(4);
});
