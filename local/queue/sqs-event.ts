import type { SQSEvent, SQSMessageAttribute, SQSRecord } from "aws-lambda";
import type { QueueMessage } from "./message.ts";
import type { MessageAttribute } from "./message-attributes.ts";

/** The event that Lambda makes of a batch of messages. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
export function sqsEvent(messages: readonly QueueMessage[], queue: { arn: string; region: string }): SQSEvent {
  return { Records: messages.map((message) => recordOf(message, queue)) };
}

function recordOf(message: QueueMessage, { arn, region }: { arn: string; region: string }): SQSRecord {
  const { messageId, receiptHandle, body, attributes, messageAttributes, md5OfBody, md5OfMessageAttributes } = message;
  return {
    messageId,
    receiptHandle,
    body,
    attributes,
    messageAttributes: Object.fromEntries(Object.entries(messageAttributes).map(([name, it]) => [name, attributeOf(it)])),
    ...(md5OfMessageAttributes && { md5OfMessageAttributes }),
    md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: arn,
    awsRegion: region,
  };
}

function attributeOf({ DataType, StringValue, BinaryValue }: MessageAttribute): SQSMessageAttribute {
  const value = BinaryValue === undefined ? { stringValue: StringValue } : { binaryValue: BinaryValue };
  return { ...value, stringListValues: [], binaryListValues: [], dataType: DataType };
}
