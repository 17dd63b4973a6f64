import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef } from "@smithy/types";
import { invalidValue, RdsError } from "./errors.ts";

/**
 * Reads the parameters of an AWS Query form by the operation's input schema.
 *
 * Lists come as `X.Name.1`, where Name is the schema's (`Filters.Filter.1.Values.Value.1`) or `member`.
 *
 * @throws RdsError MissingParameter, InvalidParameterValue.
 */
export function readQuery(schema: $SchemaRef, form: URLSearchParams): unknown {
  const input = NormalizedSchema.of(schema);
  const request = readStructure(input, form, "");
  for (const name of requiredOf(input)) {
    if (request[name] === undefined || request[name] === "") {
      throw new RdsError("MissingParameter", `The request must contain the parameter ${name}.`);
    }
  }
  return request;
}

/** A structure's schema names its required members first; its seventh entry counts them. */
function requiredOf(input: NormalizedSchema): string[] {
  const schema: unknown = input.getSchema();
  const count: unknown = Array.isArray(schema) ? schema[6] : undefined;
  return [...input.structIterator()].slice(0, typeof count === "number" ? count : 0).map(([name]) => name);
}

function readStructure(schema: NormalizedSchema, form: URLSearchParams, prefix: string): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = readValue(member, form, `${prefix}${member.getMergedTraits().xmlName ?? name}`);
    if (value !== undefined) read[name] = value;
  }
  return read;
}

function readValue(schema: NormalizedSchema, form: URLSearchParams, key: string): unknown {
  if (schema.isListSchema()) return readList(schema, form, key);
  if (schema.isStructSchema()) return hasAny(form, key) ? readStructure(schema, form, `${key}.`) : undefined;
  const text = form.get(key);
  return text === null ? undefined : readScalar(schema, key, text);
}

function readList(schema: NormalizedSchema, form: URLSearchParams, key: string): unknown[] | undefined {
  const item = schema.getValueSchema();
  const names = [item.getMergedTraits().xmlName ?? "member", "member"];
  const name = names.find((candidate) => hasAny(form, `${key}.${candidate}.1`));
  if (name === undefined) return form.has(key) ? [] : undefined;
  const values: unknown[] = [];
  for (let index = 1; hasAny(form, `${key}.${name}.${index}`); index += 1) {
    values.push(readValue(item, form, `${key}.${name}.${index}`));
  }
  return values;
}

function readScalar(schema: NormalizedSchema, key: string, text: string): unknown {
  if (schema.isBooleanSchema()) {
    if (text === "true" || text === "false") return text === "true";
    throw invalidValue(`Invalid value for ${key}: ${text}. It must be true or false.`);
  }
  if (schema.isNumericSchema()) {
    if (/^-?\d+$/.test(text)) return Number(text);
    throw invalidValue(`Invalid value for ${key}: ${text}. It must be an integer.`);
  }
  if (schema.isTimestampSchema()) {
    const time = Date.parse(text);
    if (!Number.isNaN(time)) return new Date(time);
    throw invalidValue(`Invalid value for ${key}: ${text}. It must be a time in ISO 8601, e.g. 2009-07-08T18:00Z.`);
  }
  return text;
}

function hasAny(form: URLSearchParams, key: string): boolean {
  if (form.has(key)) return true;
  return [...form.keys()].some((candidate) => candidate.startsWith(`${key}.`));
}
