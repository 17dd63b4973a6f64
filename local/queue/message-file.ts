import * as z from "zod";
import type { KeptMessage } from "./message.ts";

const time = z.iso.datetime().transform((text) => Date.parse(text));

const schema = z.object({
  messageId: z.uuid(),
  reason: z.string().optional(),
  sentAt: time,
  visibleAt: time,
  receiveCount: z.int().min(0),
  firstReceivedAt: time.optional(),
  receivedAt: time.optional(),
  receipt: z.uuid().optional(),
  messageAttributes: z.record(
    z.string(),
    z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
  ),
  body: z.union([z.string(), z.looseObject({}), z.array(z.unknown())]),
});

/** A message as the text of its file: JSON that a person can read, its times in UTC, and its body as JSON too where that is lossless. */
export function writeMessage(message: KeptMessage): string {
  const file = {
    messageId: message.messageId,
    reason: message.reason,
    sentAt: textOf(message.sentAt),
    visibleAt: textOf(message.visibleAt),
    receiveCount: message.receiveCount,
    firstReceivedAt: textOf(message.firstReceivedAt),
    receivedAt: textOf(message.receivedAt),
    receipt: message.receipt,
    messageAttributes: message.messageAttributes,
    body: readable(message.body),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads the file of the message `messageId`. @throws Error that says what is wrong with the text. */
export function readMessage(messageId: string, text: string): KeptMessage {
  const json: unknown = JSON.parse(text);
  const { success, data, error } = schema.safeParse(json);
  if (!success) throw new Error(z.prettifyError(error));
  if (data.messageId !== messageId) throw new Error(`The file is named ${messageId}.json but holds the message ${data.messageId}.`);
  return { ...data, body: typeof data.body === "string" ? data.body : JSON.stringify((json as { body: unknown }).body) };
}

function textOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

function readable(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && JSON.stringify(value) === body ? value : body;
  } catch {
    return body;
  }
}
