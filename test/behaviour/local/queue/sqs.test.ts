import {
  ChangeMessageVisibilityCommand,
  MessageNotInflight,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { addressOf, listenerOf, startServer } from "../../../../lab/server.ts";
import { deadLettersName, queueUrl } from "../../../../local/queue/names.ts";
import { answerSqs } from "../../../../local/queue/sqs.ts";
import { createQueue } from "../../../../src/clients/queue.ts";
import { openTestQueue, receiveOne, START } from "../../../support/local/queue.ts";

/** A queue that SQS's own client reaches over HTTP, until the test has finished. */
async function openTestWire() {
  const opened = openTestQueue();
  const sqs = listenerOf((request) => answerSqs([opened.queue], request));
  const other = listenerOf(() => new Response(null, { status: 404 }));
  const server = await startServer(0, () => ({ aws: { sqs }, other }));
  const url = addressOf(server);
  const aws = { endpoint: url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const client = new SQSClient({ ...aws, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { ...opened, client, url, aws, QueueUrl: queueUrl(url, "watch"), deadLettersUrl: queueUrl(url, deadLettersName("watch")) };
}

test("AWS's client sends a dead letter, and finds its checksum right", async () => {
  const { client, deadLettersUrl, queue } = await openTestWire();
  const MessageAttributes = { reason: { DataType: "String", StringValue: "why" } };
  const sent = await client.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: "blue \u{1f535}", MessageAttributes }));
  expect(queue.deadLetters.all()).toMatchObject([
    { messageId: sent.MessageId, body: "blue \u{1f535}", messageAttributes: MessageAttributes, sentAt: new Date(START).toISOString() },
  ]);
});

// Source: SQS API, SendMessage: "A message can include only XML, JSON, and unformatted text", with the list of valid characters.
test("a reason that quotes what SQS takes in no message is sent without that", async () => {
  const { queue, url, aws, QueueUrl, deadLettersUrl } = await openTestWire();
  expect(url).toContain("127.0.0.1");
  const guard = createQueue({ queue: QueueUrl, deadLetters: deadLettersUrl }, aws);
  await guard.deadLetter("{}", `detail.Tags.\u0001\ud800\uffff: ${"\u{1f535}".repeat(500)}`);
  const [letter] = queue.deadLetters.all();
  const reason = JSON.stringify(letter?.messageAttributes);
  expect(reason).toContain("detail.Tags.\ufffd\ufffd\ufffd: \u{1f535}");
  expect(reason.isWellFormed()).toBe(true);
});

test("refusals are the classes and codes that AWS's client knows", async () => {
  const { client, QueueUrl, deadLettersUrl, url, queue, pass } = await openTestWire();
  const elsewhere = `${url}/123456789012/elsewhere`;
  await expect(client.send(new SendMessageCommand({ QueueUrl: elsewhere, MessageBody: "x" }))).rejects.toThrow(QueueDoesNotExist);
  const nobodys = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: "mine", VisibilityTimeout: 1 });
  await expect(client.send(nobodys)).rejects.toThrow(ReceiptHandleIsInvalid);
  await expect(client.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: undefined }))).rejects.toMatchObject({
    name: "MissingParameter",
    message: "The request must contain the parameter MessageBody.",
  });
  queue.send("x");
  const ReceiptHandle = receiveOne(queue);
  const tooLong = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 43_201 });
  await expect(client.send(tooLong)).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided.",
  });
  pass(360);
  const late = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 });
  await expect(client.send(late)).rejects.toThrow(MessageNotInflight);
});

test("the guard's own client puts off a message and sends a dead letter", async () => {
  const { aws, QueueUrl, deadLettersUrl, queue } = await openTestWire();
  const guards = createQueue({ queue: QueueUrl, deadLetters: deadLettersUrl }, aws);
  queue.send("x");
  await guards.retryAfter(receiveOne(queue), 90);
  expect(queue.nextVisibleAt()).toBe(START + 90_000);
  await guards.deadLetter("unreadable", "no detail");
  expect(queue.deadLetters.all()).toMatchObject([{ body: "unreadable", messageAttributes: { reason: { StringValue: "no detail" } } }]);
});

test("an action that is not played is refused with those that are", async () => {
  const { url } = await openTestWire();
  const headers = {
    "x-amz-target": "AmazonSQS.PurgeQueue",
    authorization: "AWS4-HMAC-SHA256 Credential=lab/20240205/ap-northeast-1/sqs/x",
  };
  const response = await fetch(url, { method: "POST", headers, body: "{}" });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    __type: "UnknownOperationException",
    message: 'The lab does not play "PurgeQueue", only SendMessage, ChangeMessageVisibility.',
  });
});
