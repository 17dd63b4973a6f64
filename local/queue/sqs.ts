import { answerJson, ServiceError } from "../json-service.ts";
import { md5 } from "./message.ts";
import { deadLettersName } from "./names.ts";
import type { Queue } from "./queue.ts";

/** Plays the two SQS calls that the guard makes: putting off a message of its queue, and sending one to it or to its dead letters. */
export function answerSqs(queue: Queue, request: Request): Promise<Response> {
  return answerJson(
    {
      SendMessage({ QueueUrl, MessageBody = "", MessageAttributes = {}, DelaySeconds = 0 }) {
        const body = String(MessageBody);
        const answer = (MessageId: string) => ({ MessageId, MD5OfMessageBody: md5(body) });
        if (nameOf(QueueUrl) === queue.name) return answer(queue.send(body, { delaySeconds: Number(DelaySeconds) }));
        checkName(QueueUrl, deadLettersName(queue.name));
        return answer(queue.deadLetters.send(body, MessageAttributes as object));
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
const nameOf = (url: unknown): string | undefined => String(url).split("/").at(-1);

function checkName(url: unknown, name: string): void {
  if (nameOf(url) !== name) throw new ServiceError("QueueDoesNotExist", "The specified queue does not exist.");
}
