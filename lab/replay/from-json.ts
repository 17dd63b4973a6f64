import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef } from "@smithy/types";
import { isObject } from "./saved-values.ts";

/** Thrown for JSON that is not what an API answers: the message names the field and what is wrong with it. */
export class WrongFieldError extends Error {
  override readonly name = "WrongFieldError";
}

/**
 * Reads a structure of an AWS API, described by the SDK's schema, from the JSON that the AWS CLI prints.
 *
 * A field of null is absent; one that the schema does not have is left out, since the CLI may be newer than the SDK.
 *
 * @throws WrongFieldError for a field of another type, and for one of `required` that is absent or empty.
 */
export function fromJson<T extends object>(schema: $SchemaRef, value: unknown, required: readonly (keyof T & string)[]): T {
  const read = readValue(NormalizedSchema.of(schema), value, "") as T;
  const missing = required.find((name) => read[name] === undefined || read[name] === "");
  if (missing !== undefined) throw new WrongFieldError(`${missing}: missing`);
  return read;
}

function readValue(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (schema.isStructSchema()) {
    if (!isObject(value)) throw wrong(path, "an object", value);
    return readStructure(schema, value, path);
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw wrong(path, "a list", value);
    return value.map((element, index) => readValue(schema.getValueSchema(), element, `${path}.${index}`));
  }
  return readScalar(schema, value, path);
}

function readStructure(schema: NormalizedSchema, value: Record<string, unknown>, path: string): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const field = readValue(member, value[name], path === "" ? name : `${path}.${name}`);
    if (field !== undefined) read[name] = field;
  }
  return read;
}

function readScalar(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (schema.isTimestampSchema()) {
    const time = typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(time)) throw wrong(path, "a time in ISO 8601", value);
    return new Date(time);
  }
  const type = schema.isBooleanSchema() ? "boolean" : schema.isNumericSchema() ? "number" : "string";
  if (typeof value !== type) throw wrong(path, type === "string" ? "text" : `a ${type}`, value);
  return value;
}

const wrong = (path: string, takes: string, value: unknown) =>
  new WrongFieldError(`${path || "(the whole)"}: expected ${takes}; received ${JSON.stringify(value).slice(0, 80)}`);
