import { MAXIMUM_MESSAGE_SIZE } from "./limits.ts";
import type { MessageView } from "./message.ts";
import type { MessageAttributes } from "./message-attributes.ts";
import type { MessageQueue } from "./message-queue.ts";
import { queueArn } from "./names.ts";
import { SqsError } from "./sqs-error.ts";

/** A queue under the name that the wire knows it by. */
export interface NamedQueue {
  name: string;
  region: string;
  queue: MessageQueue;
  /** The name of the queue that takes its dead letters, where it has one. */
  deadLettersName?: string;
}

/** What GetQueueAttributes answers: those asked for, or `All`. @throws SqsError InvalidAttributeName */
export function queueAttributes(named: NamedQueue, names: readonly string[]): Record<string, string> {
  return pick(attributesOf(named), checked(names, QUEUE_ATTRIBUTES));
}

/** The names of a message's system attributes, or `All`, as asked for. @throws SqsError InvalidAttributeName */
export function checkedSystemNames(names: readonly string[]): readonly string[] {
  return checked(names, SYSTEM_ATTRIBUTES);
}

/** The system attributes of a received message that were asked for. */
export function systemAttributes(message: MessageView, names: readonly string[]): Record<string, string> {
  return pick(message.attributes, names);
}

/** The attributes of a received message that were asked for: names, beginnings that end in `.*`, or `All`. */
export function askedAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const asked = (attribute: string) =>
    names.some((name) => name === "All" || name === attribute || (name.endsWith(".*") && attribute.startsWith(name.slice(0, -2))));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => asked(name)));
}

const QUEUE_ATTRIBUTES = [
  ...["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible"],
  ...["DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "QueueArn", "ReceiveMessageWaitTimeSeconds"],
  ...["RedrivePolicy", "VisibilityTimeout"],
  // Known to SQS, absent here: queues have neither policies, keys nor a date.
  ...["CreatedTimestamp", "LastModifiedTimestamp", "Policy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds"],
  ...["SqsManagedSseEnabled", "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"],
];

const SYSTEM_ATTRIBUTES = [
  ...["ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "SenderId", "SentTimestamp"],
  ...["AWSTraceHeader", "DeadLetterQueueSourceArn", "MessageDeduplicationId", "MessageGroupId", "SequenceNumber"],
];

function attributesOf({ name, region, queue, deadLettersName }: NamedQueue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.depth();
  const { visibilitySeconds, maxReceiveCount, retentionSeconds } = queue.settings;
  const redrive = deadLettersName !== undefined && { deadLetterTargetArn: queueArn(deadLettersName, region), maxReceiveCount };
  return {
    QueueArn: queueArn(name, region),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(visibilitySeconds),
    MaximumMessageSize: String(MAXIMUM_MESSAGE_SIZE),
    ...(retentionSeconds !== undefined && { MessageRetentionPeriod: String(retentionSeconds) }),
    DelaySeconds: "0",
    ReceiveMessageWaitTimeSeconds: "0",
    ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }),
  };
}

function checked(names: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = names.find((name) => name !== "All" && !known.includes(name));
  if (unknown !== undefined) throw new SqsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
  return names;
}

function pick(attributes: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes("All") || names.includes(name)));
}
