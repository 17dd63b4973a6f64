import { createHash } from "node:crypto";
import { ServiceError } from "../json-service.ts";

/** A message as the queue holds it. Times are milliseconds since 1970. */
export interface Message {
  messageId: string;
  body: string;
  sentAt: number;
  /** It cannot be received before this time. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** When it was last received. */
  receivedAt?: number;
}

/** The MD5 of a body in UTF-8, as hexadecimal digits: SDK clients compare it with their own. */
export function md5(body: string): string {
  return createHash("md5").update(body).digest("hex");
}

const MAXIMUM_BYTES = 1_048_576;
const LONGEST_VISIBILITY_SECONDS = 43_200;
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Rejects a body that SQS would refuse. Source: SQS API reference, SendMessage; SQS quotas, "Message size". @throws ServiceError */
export function checkBody(body: string): void {
  if (body === "") throw new ServiceError("MissingParameter", "The request must contain the parameter MessageBody.");
  if (FORBIDDEN.test(body)) {
    const valid = "#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";
    throw new ServiceError("InvalidMessageContents", `Invalid characters found. Valid unicode characters are ${valid}`);
  }
  if (Buffer.byteLength(body) > MAXIMUM_BYTES) {
    const reason = `Message must be shorter than ${MAXIMUM_BYTES} bytes.`;
    throw new ServiceError("InvalidParameterValue", `One or more parameters are invalid. Reason: ${reason}`);
  }
}

/**
 * Rejects a visibility timeout that is not 0 to 43,200 whole seconds, or that would hide a message for over 12 hours since it was received.
 *
 * Source: SQS developer guide, "Visibility timeout". @throws ServiceError
 */
export function checkVisibility(seconds: number, hiddenSeconds = 0): void {
  const total = `Total VisibilityTimeout for the message is beyond the limit [${LONGEST_VISIBILITY_SECONDS} seconds]`;
  const range = `Must be between 0 and ${LONGEST_VISIBILITY_SECONDS}, if provided.`;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_VISIBILITY_SECONDS)
    throw invalidValue("VisibilityTimeout", seconds, range);
  if (hiddenSeconds + seconds > LONGEST_VISIBILITY_SECONDS) throw invalidValue("VisibilityTimeout", seconds, total);
}

/** The error for a parameter value that SQS does not accept. */
export function invalidValue(parameter: string, value: unknown, reason: string): ServiceError {
  return new ServiceError("InvalidParameterValue", `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}
