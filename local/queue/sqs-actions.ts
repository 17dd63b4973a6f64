import * as z from "zod";
import { md5OfAttributes } from "./message-attributes.ts";
import { queueUrl } from "./names.ts";
import { askedAttributes, checkedSystemNames, type NamedQueue, queueAttributes, systemAttributes } from "./sqs-attributes.ts";
import { SqsError } from "./sqs-error.ts";
import { QueueUrl, readInput } from "./sqs-input.ts";
import { sendMessage, sendMessageBatch } from "./sqs-send.ts";

/** What an action answers from. */
export interface SqsContext {
  queues: ReadonlyMap<string, NamedQueue>;
  /** What the queues' URLs begin with. */
  base: string;
}

/** Answers one call with the output of the AWS JSON protocol; its errors are SqsError. */
export type SqsAction = (input: unknown, context: SqsContext) => Promise<object | undefined>;

/** The actions that the server plays. Source: SQS API reference. */
export const ACTIONS: ReadonlyMap<string, SqsAction> = new Map<string, SqsAction>([
  ["SendMessage", (input, context) => sendMessage(queueOf(input, context).queue, input)],
  ["SendMessageBatch", (input, context) => sendMessageBatch(queueOf(input, context).queue, input)],
  ["ReceiveMessage", receiveMessage],
  ["DeleteMessage", deleteMessage],
  ["ChangeMessageVisibility", changeMessageVisibility],
  ["GetQueueAttributes", getQueueAttributes],
  ["GetQueueUrl", getQueueUrl],
  ["ListQueues", listQueues],
]);

const names = z.array(z.string()).default([]);
const receiveInput = z.object({
  MaxNumberOfMessages: z.int().default(1),
  VisibilityTimeout: z.int().optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});

async function receiveMessage(input: unknown, context: SqsContext) {
  const { queue } = queueOf(input, context);
  const asked = readInput(receiveInput, input);
  const visibility = asked.VisibilityTimeout === undefined ? {} : { visibilitySeconds: asked.VisibilityTimeout };
  const systemNames = checkedSystemNames([...asked.AttributeNames, ...asked.MessageSystemAttributeNames]);
  const messages = await queue.receive(asked.MaxNumberOfMessages, visibility);
  const Messages = messages.map((message) => {
    const attributes = systemAttributes(message, systemNames);
    const messageAttributes = askedAttributes(message.messageAttributes, asked.MessageAttributeNames);
    return {
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      MD5OfBody: message.md5OfBody,
      Body: message.body,
      ...(Object.keys(attributes).length > 0 && { Attributes: attributes }),
      ...(Object.keys(messageAttributes).length > 0 && {
        MessageAttributes: messageAttributes,
        MD5OfMessageAttributes: md5OfAttributes(messageAttributes),
      }),
    };
  });
  return Messages.length > 0 ? { Messages } : {};
}

const handleInput = z.object({ ReceiptHandle: z.string() });

async function deleteMessage(input: unknown, context: SqsContext): Promise<undefined> {
  const { queue } = queueOf(input, context);
  await queue.delete(readInput(handleInput, input).ReceiptHandle);
}

const visibilityInput = z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.int() });

async function changeMessageVisibility(input: unknown, context: SqsContext): Promise<undefined> {
  const { queue } = queueOf(input, context);
  const { ReceiptHandle, VisibilityTimeout } = readInput(visibilityInput, input);
  await queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
}

async function getQueueAttributes(input: unknown, context: SqsContext) {
  const named = queueOf(input, context);
  const { AttributeNames } = readInput(z.object({ AttributeNames: names }), input);
  const Attributes = queueAttributes(named, AttributeNames);
  return Object.keys(Attributes).length > 0 ? { Attributes } : {};
}

async function getQueueUrl(input: unknown, { queues, base }: SqsContext) {
  const { QueueName } = readInput(z.object({ QueueName: z.string() }), input);
  if (!queues.has(QueueName)) throw noSuchQueue();
  return { QueueUrl: queueUrl(base, QueueName) };
}

async function listQueues(input: unknown, { queues, base }: SqsContext) {
  const { QueueNamePrefix } = readInput(z.object({ QueueNamePrefix: z.string().default("") }), input);
  const found = [...queues.keys()].filter((name) => name.startsWith(QueueNamePrefix));
  return { QueueUrls: found.map((name) => queueUrl(base, name)) };
}

/** SQS goes by the path of a queue's URL alone. */
function queueOf(input: unknown, { queues }: SqsContext): NamedQueue {
  const url = readInput(z.object({ QueueUrl }), input).QueueUrl;
  const named = queues.get(url.split("/").at(-1) ?? "");
  if (!named) throw noSuchQueue();
  return named;
}

function noSuchQueue(): SqsError {
  return new SqsError("QueueDoesNotExist", "The specified queue does not exist.");
}
