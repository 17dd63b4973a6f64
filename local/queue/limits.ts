import { type MessageAttributes, sizeOfAttributes } from "./message-attributes.ts";
import { invalidValue, SqsError } from "./sqs-error.ts";

/** The bytes that a message may have, attributes included, and all messages of a batch together. Source: SQS quotas, "Message size". */
export const MAXIMUM_MESSAGE_SIZE = 1_048_576;

/** How long a message may stay invisible after a receive, whoever extends it. Source: SQS developer guide, "Visibility timeout". */
export const LONGEST_VISIBILITY_SECONDS = 43_200;

const LONGEST_DELAY_SECONDS = 900;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what SQS refuses
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** Refuses a message that SQS would not take. Source: SQS API reference, SendMessage. @throws SqsError */
export function checkMessage(body: string, attributes: MessageAttributes): void {
  if (body === "") throw new SqsError("MissingParameter", "The request must contain the parameter MessageBody.");
  if (FORBIDDEN.test(body)) {
    throw new SqsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
  }
  if (Buffer.byteLength(body) + sizeOfAttributes(attributes) > MAXIMUM_MESSAGE_SIZE) {
    const reason = `Message must be shorter than ${MAXIMUM_MESSAGE_SIZE} bytes.`;
    throw new SqsError("InvalidParameterValue", `One or more parameters are invalid. Reason: ${reason}`);
  }
}

/** Refuses a delay that is not 0 to 900 whole seconds. @throws SqsError */
export function checkDelay(seconds: number): void {
  if (!within(seconds, 0, LONGEST_DELAY_SECONDS)) {
    throw invalidValue("DelaySeconds", seconds, `DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`);
  }
}

/** Refuses a visibility timeout that is not 0 to 43,200 whole seconds. @throws SqsError */
export function checkVisibility(seconds: number): void {
  if (!within(seconds, 0, LONGEST_VISIBILITY_SECONDS)) {
    throw invalidValue("VisibilityTimeout", seconds, `Must be between 0 and ${LONGEST_VISIBILITY_SECONDS}, if provided.`);
  }
}

/** Refuses to receive fewer than 1 or more than 10 messages at once. @throws SqsError */
export function checkReceive(max: number): void {
  if (!within(max, 1, 10)) throw invalidValue("MaxNumberOfMessages", max, "Must be between 1 and 10, if provided.");
}

/** Refuses a number of receives that is not 1 to 1,000. @throws SqsError */
export function checkMaxReceiveCount(count: number): void {
  if (!within(count, 1, 1_000)) throw invalidValue("maxReceiveCount", count, "Must be a whole number between 1 and 1000.");
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
