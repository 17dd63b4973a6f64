import { SqsError } from "./sqs-error.ts";

const FORM = /^([0-9a-f-]{36}) ([0-9a-f-]{36})$/;

/** Makes the handle of one receive of a message. */
export function receiptHandle(messageId: string, receipt: string): string {
  return Buffer.from(`${messageId} ${receipt}`).toString("base64");
}

/** Reads a handle. @throws SqsError ReceiptHandleIsInvalid for text that no queue of ours gave. */
export function readReceiptHandle(handle: string): { messageId: string; receipt: string } {
  const [, messageId, receipt] = FORM.exec(Buffer.from(handle, "base64").toString()) ?? [];
  if (messageId === undefined || receipt === undefined) {
    throw new SqsError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { messageId, receipt };
}
