import { InvalidEventPatternError } from "./error.ts";

/** A value as it lies at the leaf of an event. */
export type Scalar = string | number | boolean | null;

/** One entry of a field's list: a test of the field's value, or the demand that the field be missing. */
export type Condition =
  | { absent: true; wildcards?: undefined }
  | { absent?: undefined; matches(value: Scalar): boolean; wildcards?: number };

/** The one entry of `{operator: operand}`; throws InvalidEventPatternError where there is not exactly one. */
export function onlyEntry(raw: Record<string, unknown>, path: string): [string, unknown] {
  const [entry, ...others] = Object.entries(raw);
  if (!entry || others.length > 0) throw new InvalidEventPatternError(path, "must have exactly one operator in each { }", raw);
  return entry;
}

/** Says whether a JSON value is an object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
