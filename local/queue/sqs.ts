import { answerJson, ServiceError } from "../json-service.ts";
import { md5 } from "./message.ts";
import { deadLettersName } from "./names.ts";
import type { Queue } from "./queue.ts";

/** Plays the two SQS calls that the guard makes: putting off a message of its queue, and sending one to the queue's dead letters. */
export function answerSqs(queue: Queue, request: Request): Promise<Response> {
  return answerJson(
    {
      SendMessage({ QueueUrl, MessageBody = "", MessageAttributes = {} }) {
        checkName(QueueUrl, deadLettersName(queue.name));
        const body = String(MessageBody);
        return { MessageId: queue.deadLetters.send(body, MessageAttributes as object), MD5OfMessageBody: md5(body) };
      },
      ChangeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }) {
        checkName(QueueUrl, queue.name);
        queue.changeVisibility(String(ReceiptHandle), Number(VisibilityTimeout));
        return {};
      },
    },
    request,
  );
}

/** SQS looks only at the path of a queue's URL. */
function checkName(url: unknown, name: string): void {
  if (String(url).split("/").at(-1) !== name) throw new ServiceError("QueueDoesNotExist", "The specified queue does not exist.");
}
