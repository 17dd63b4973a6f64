import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  MessageNotInflight,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue } from "../../../../src/clients/queue.ts";
import { START } from "../../../support/local/queue.ts";
import { openTestWire } from "./wire-fixture.ts";

test("AWS's client sends, receives and deletes, and finds its checksums right", async () => {
  const { client, QueueUrl, queue } = await openTestWire();
  const MessageAttributes = {
    reason: { DataType: "String", StringValue: "why" },
    raw: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 3]) },
  };
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "blue \u{1f535}", MessageAttributes }));
  const answer = await client.send(
    new ReceiveMessageCommand({ QueueUrl, AttributeNames: ["All"], MessageAttributeNames: ["All"], WaitTimeSeconds: 20 }),
  );
  expect(answer.Messages).toEqual([
    {
      MessageId: sent.MessageId,
      ReceiptHandle: expect.any(String),
      Body: "blue \u{1f535}",
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes,
      Attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: String(START),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: String(START),
      },
    },
  ]);
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: answer.Messages?.[0]?.ReceiptHandle }));
  expect(queue.all()).toEqual([]);
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
});

test("a receive answers only the attributes asked for, and for how long it hides the message", async () => {
  const { client, QueueUrl, pass } = await openTestWire();
  const MessageAttributes = { reason: { DataType: "String", StringValue: "why" }, other: { DataType: "Number", StringValue: "1" } };
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x", MessageAttributes }));
  const [bare] = (await client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 5 }))).Messages ?? [];
  expect(Object.keys(bare ?? {}).sort()).toEqual(["Body", "MD5OfBody", "MessageId", "ReceiptHandle"]);
  pass(5);
  const some = new ReceiveMessageCommand({
    QueueUrl,
    MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    MessageAttributeNames: ["rea.*"],
  });
  const [message] = (await client.send(some)).Messages ?? [];
  expect(message?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  expect(message?.MessageAttributes).toEqual({ reason: MessageAttributes.reason });
});

test("a batch sends what can be sent and says what cannot", async () => {
  const { client, QueueUrl, queue } = await openTestWire();
  const Entries = [
    { Id: "a", MessageBody: "one" },
    { Id: "b", MessageBody: "two", DelaySeconds: 1_800 },
    { Id: "c", MessageBody: "three", DelaySeconds: 900 },
  ];
  const answer = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(answer.Successful?.map((it) => it.Id)).toEqual(["a", "c"]);
  expect(answer.Failed).toEqual([
    {
      Id: "b",
      SenderFault: true,
      Code: "InvalidParameterValue",
      Message: "Value 1800 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    },
  ]);
  expect(queue.depth()).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
});

test.each([
  ["EmptyBatchRequest", []],
  ["InvalidBatchEntryId", [{ Id: "a b", MessageBody: "x" }]],
  ["BatchEntryIdsNotDistinct", ["a", "a"].map((Id) => ({ Id, MessageBody: "x" }))],
  ["TooManyEntriesInBatchRequest", Array.from({ length: 11 }, (_, index) => ({ Id: `${index}`, MessageBody: "x" }))],
  ["BatchRequestTooLong", ["a", "b"].map((Id) => ({ Id, MessageBody: "x".repeat(600_000) }))],
])("a batch is refused as a whole with %s", async (name, Entries) => {
  const { client, QueueUrl, queue } = await openTestWire();
  await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({ name });
  expect(queue.all()).toEqual([]);
});

test("refusals are the classes and codes that AWS's client knows", async () => {
  const { client, QueueUrl, url, pass } = await openTestWire();
  const elsewhere = `${url}/123456789012/elsewhere`;
  await expect(client.send(new SendMessageCommand({ QueueUrl: elsewhere, MessageBody: "x" }))).rejects.toThrow(QueueDoesNotExist);
  await expect(client.send(new GetQueueUrlCommand({ QueueName: "elsewhere" }))).rejects.toThrow(QueueDoesNotExist);
  await expect(client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "mine" }))).rejects.toThrow(ReceiptHandleIsInvalid);
  await expect(client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }))).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
  });
  await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: undefined }))).rejects.toMatchObject({
    name: "MissingParameter",
    message: "The request must contain the parameter MessageBody.",
  });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  const ReceiptHandle = (await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.ReceiptHandle;
  pass(360);
  const late = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 });
  await expect(client.send(late)).rejects.toThrow(MessageNotInflight);
});

test("a question for an attribute that SQS does not have takes no message along", async () => {
  const { client, QueueUrl, queue } = await openTestWire();
  await queue.send("x");
  const MessageSystemAttributeNames = ["SentTimeStamp" as "SentTimestamp"];
  await expect(client.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames }))).rejects.toMatchObject({
    name: "InvalidAttributeName",
    message: "Unknown Attribute SentTimeStamp.",
  });
  expect(queue.depth().visible).toBe(1);
});

test("a queue tells its URL, its depth and where its dead letters go", async () => {
  const { client, QueueUrl, deadLettersUrl, queue } = await openTestWire();
  await queue.send("x");
  await queue.receive(1);
  expect((await client.send(new GetQueueUrlCommand({ QueueName: "watch" }))).QueueUrl).toBe(QueueUrl);
  expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl, deadLettersUrl]);
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  expect(Attributes).toMatchObject({
    QueueArn: "arn:aws:sqs:ap-northeast-1:123456789012:watch",
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "1",
    ApproximateNumberOfMessagesDelayed: "0",
    VisibilityTimeout: "360",
    MessageRetentionPeriod: "1209600",
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:ap-northeast-1:123456789012:watch-dead-letters","maxReceiveCount":3}',
  });
});

test("the guard's own client puts off a message and sends a dead letter", async () => {
  const { url, QueueUrl, deadLettersUrl, queue } = await openTestWire();
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  const guards = createQueue({ queue: QueueUrl, deadLetters: deadLettersUrl }, { endpoint: url, region: "ap-northeast-1", credentials });
  await queue.send("x");
  const [message] = await queue.receive(1);
  await guards.retryAfter(message?.receiptHandle ?? "", 90);
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
  expect(response.headers.get("x-amzn-query-error")).toBe("InvalidAction;Sender");
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining("It plays SendMessage, SendMessageBatch, ReceiveMessage"),
  });
});
