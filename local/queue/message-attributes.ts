import { createHash } from "node:crypto";

/** One attribute of a message as the JSON wire has it; binary values are base64. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with or without a suffix after a dot. */
  DataType: string;
  StringValue?: string | undefined;
  BinaryValue?: string | undefined;
}

/** What a sender says about a message beside its body. */
export type MessageAttributes = Record<string, MessageAttribute>;

/**
 * The MD5 that SQS gives for a message's attributes, which some SDKs compare with their own; nothing for no attributes.
 *
 * Source: SQS developer guide, "Calculating the MD5 message digest for message attributes".
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const add = (bytes: Buffer) => hash.update(lengthOf(bytes)).update(bytes);
  for (const name of names) {
    const { DataType = "", StringValue, BinaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    const binary = DataType.startsWith("Binary");
    hash.update(Buffer.from([binary ? 2 : 1]));
    add(binary ? Buffer.from(BinaryValue ?? "", "base64") : Buffer.from(StringValue ?? ""));
  }
  return hash.digest("hex");
}

/** The bytes that count against the size of a message: names, types and values. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  const sizes = Object.entries(attributes).map(
    ([name, { DataType, StringValue = "", BinaryValue = "" }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, "base64"),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}
