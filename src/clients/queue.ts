import type { AwsOptions } from "./aws.ts";
import { createAwsJson, isError } from "./aws-call.ts";

/** What the watch handler asks of the queue that feeds it; Lambda itself receives and deletes. */
export interface Queue {
  /** Returns a received message to the queue after `seconds` (0 to 43,000) instead of the queue's own visibility timeout. */
  retryAfter(receiptHandle: string, seconds: number): Promise<void>;
  /** Has the watch function run once more after `seconds` (0 to 900), to tell what still waits for the channel should run `by` have died. */
  wake(seconds: number, by: string): Promise<void>;
  /** The run that sent the message which wakes it; undefined for any other message. */
  wokenBy(body: string): string | undefined;
  /** Puts a message that cannot be handled where a person finds it. SQS has no reject: the message itself still has to end as handled. */
  deadLetter(body: string, reason: string): Promise<void>;
}

// SQS counts its 12 hours from the receive, which was some seconds ago. Source: SQS API, ChangeMessageVisibility.
const LONGEST_SECONDS = 43_000;

// A reason may quote what the message escapes. Source: SQS API, SendMessage, valid characters.
const REFUSED = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
// Source: SQS API, SendMessage.
const LONGEST_DELAY_SECONDS = 900;
const WAKE = /^\{"wake":"([^"]+)"\}$/;

/** The message by which run `by` has the watch function woken. */
export const wakeBody = (by: string): string => JSON.stringify({ wake: by });

/** Creates the client for the URLs of the queue and its dead-letter queue. */
export function createQueue(urls: { queue: string; deadLetters: string }, options: AwsOptions): Queue {
  const call = createAwsJson({ name: "sqs", id: "SQS", target: "AmazonSQS", version: "1.0" }, options);
  // A queue's URL names the endpoint that answers for it. Source: SQS developer guide, "Queue and message identifiers".
  const ask = (operation: string, QueueUrl: string, input: object, needs: string | false = "MessageId") =>
    call(operation, { QueueUrl, ...input }, { origin: new URL(QueueUrl).origin, needs });
  return {
    async retryAfter(ReceiptHandle, seconds) {
      const VisibilityTimeout = Math.ceil(Math.min(Math.max(seconds, 0), LONGEST_SECONDS));
      try {
        await ask("ChangeMessageVisibility", urls.queue, { ReceiptHandle, VisibilityTimeout }, false);
      } catch (error) {
        // It is back in the queue already: the run took longer than the visibility timeout.
        if (!isError(error, "MessageNotInflight")) throw error;
      }
    },
    async wake(seconds, by) {
      const DelaySeconds = Math.ceil(Math.min(Math.max(seconds, 0), LONGEST_DELAY_SECONDS));
      await ask("SendMessage", urls.queue, { MessageBody: wakeBody(by), DelaySeconds });
    },
    wokenBy: (body) => WAKE.exec(body)?.[1],
    async deadLetter(MessageBody, reason) {
      const StringValue = reason.slice(0, 1_000).replace(REFUSED, "\ufffd");
      const MessageAttributes = { reason: { DataType: "String", StringValue } };
      await ask("SendMessage", urls.deadLetters, { MessageBody, MessageAttributes });
    },
  };
}
