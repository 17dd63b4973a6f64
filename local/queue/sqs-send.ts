import * as z from "zod";
import { MAXIMUM_MESSAGE_SIZE } from "./limits.ts";
import { md5 } from "./message.ts";
import { md5OfAttributes, sizeOfAttributes } from "./message-attributes.ts";
import type { MessageQueue } from "./message-queue.ts";
import { SqsError } from "./sqs-error.ts";
import { MessageAttributesInput, readInput } from "./sqs-input.ts";

const messageInput = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.int().default(0),
  MessageAttributes: MessageAttributesInput.default({}),
});

type MessageInput = z.output<typeof messageInput>;

/** SendMessage. @throws SqsError */
export async function sendMessage(queue: MessageQueue, input: unknown): Promise<object> {
  return send(queue, readInput(messageInput, input));
}

const batchInput = z.object({ Entries: z.array(messageInput.extend({ Id: z.string() })) });

/** SendMessageBatch: each entry succeeds or fails for itself. @throws SqsError for a batch that SQS takes nothing of. */
export async function sendMessageBatch(queue: MessageQueue, input: unknown): Promise<object> {
  const { Entries } = readInput(batchInput, input);
  checkBatch(Entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of Entries) {
    try {
      Successful.push({ Id: entry.Id, ...(await send(queue, entry)) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}

async function send(queue: MessageQueue, { MessageBody, DelaySeconds, MessageAttributes }: MessageInput): Promise<object> {
  const MessageId = await queue.send(MessageBody, { delaySeconds: DelaySeconds, messageAttributes: MessageAttributes });
  const MD5OfMessageAttributes = md5OfAttributes(MessageAttributes);
  return { MessageId, MD5OfMessageBody: md5(MessageBody), ...(MD5OfMessageAttributes && { MD5OfMessageAttributes }) };
}

function checkBatch(entries: readonly (MessageInput & { Id: string })[]): void {
  if (entries.length === 0)
    throw new SqsError("EmptyBatchRequest", "There should be at least one SendMessageBatchRequestEntry in the request.");
  if (entries.length > 10) {
    const message = `Maximum number of entries per request are 10. You have sent ${entries.length}.`;
    throw new SqsError("TooManyEntriesInBatchRequest", message);
  }
  const ids = entries.map((it) => it.Id);
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    const message =
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.";
    throw new SqsError("InvalidBatchEntryId", message);
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new SqsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
  const size = entries.reduce((sum, it) => sum + Buffer.byteLength(it.MessageBody) + sizeOfAttributes(it.MessageAttributes), 0);
  if (size > MAXIMUM_MESSAGE_SIZE) {
    const message = `Batch requests cannot be longer than ${MAXIMUM_MESSAGE_SIZE} bytes. You have sent ${size} bytes.`;
    throw new SqsError("BatchRequestTooLong", message);
  }
}
