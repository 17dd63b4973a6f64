import { answerJson, ServiceError } from "../json-service.ts";
import { md5 } from "./message.ts";
import { deadLettersName } from "./names.ts";
import type { Queue } from "./queue.ts";

/** Plays the two SQS calls that the guard makes: putting off a message of one of its queues, and sending one there or to its dead letters. */
export function answerSqs(queues: readonly Queue[], request: Request): Promise<Response> {
  return answerJson(
    {
      SendMessage({ QueueUrl, MessageBody = "", MessageAttributes = {}, DelaySeconds = 0 }) {
        const body = String(MessageBody);
        const answer = (MessageId: string) => ({ MessageId, MD5OfMessageBody: md5(body) });
        const name = nameOf(QueueUrl);
        const queue = queues.find((it) => it.name === name);
        if (queue) return answer(queue.send(body, { delaySeconds: Number(DelaySeconds) }));
        const { deadLetters } = found(queues.find((it) => deadLettersName(it.name) === name));
        return answer(deadLetters.send(body, MessageAttributes as object));
      },
      ChangeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }) {
        found(queues.find(({ name }) => name === nameOf(QueueUrl))).changeVisibility(String(ReceiptHandle), Number(VisibilityTimeout));
        return {};
      },
    },
    request,
  );
}

/** SQS looks only at the path of a queue's URL. */
const nameOf = (url: unknown): string | undefined => String(url).split("/").at(-1);

function found(queue: Queue | undefined): Queue {
  if (!queue) throw new ServiceError("QueueDoesNotExist", "The specified queue does not exist.");
  return queue;
}
