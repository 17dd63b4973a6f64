import { type Condition, isObject } from "./condition.ts";
import { InvalidEventPatternError } from "./error.ts";
import { parseCondition } from "./operators.ts";

/** What one field must satisfy: any one of the conditions. */
export interface Requirement {
  path: string;
  conditions: readonly Condition[];
}

/** A pattern with its `$or`s multiplied out: it matches where all requirements of one alternative hold. */
export interface CompiledPattern {
  alternatives: Requirement[][];
  wildcards: number;
}

/** Names that aws/event-ruler reserves: no field inside `$or` may be called so, lest an operator be mistaken for a field. */
const RESERVED_INSIDE_OR = new Set(
  "exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex".split(" "),
);

/** Checks a pattern and brings it into the form that is matched; throws InvalidEventPatternError. */
export function compilePattern(pattern: unknown): CompiledPattern {
  const count = { wildcards: 0 };
  const alternatives = compileObject(pattern, "", false, count).map((requirements) => requirements.toSorted(byPath));
  return { alternatives, wildcards: count.wildcards };
}

type Count = { wildcards: number };

function compileObject(pattern: unknown, path: string, insideOr: boolean, count: Count): Requirement[][] {
  if (!isObject(pattern)) throw new InvalidEventPatternError(path, "must be an object", pattern);
  const fields = Object.entries(pattern).filter(([, value]) => value !== undefined);
  if (fields.length === 0) throw new InvalidEventPatternError(path, "is an empty object, which is not allowed");
  let alternatives: Requirement[][] = [[]];
  for (const [name, value] of fields) {
    const at = path === "" ? name : `${path}.${name}`;
    if (insideOr && RESERVED_INSIDE_OR.has(name)) {
      throw new InvalidEventPatternError(at, "is the name of an operator, which no field inside $or may have");
    }
    const field = name === "$or" ? compileOr(value, path, at, count) : compileField(value, at, insideOr, count);
    alternatives = alternatives.flatMap((left) => field.map((right) => join(left, right)));
  }
  return alternatives;
}

function compileField(value: unknown, path: string, insideOr: boolean, count: Count): Requirement[][] {
  if (isObject(value)) return compileObject(value, path, insideOr, count);
  if (!Array.isArray(value)) throw new InvalidEventPatternError(path, "must be an object or an array", value);
  if (value.length === 0) throw new InvalidEventPatternError(path, "is an empty array, which is not allowed");
  const conditions = value.map((raw) => parseCondition(raw, path));
  count.wildcards += conditions.reduce((sum, condition) => sum + (condition.wildcards ?? 0), 0);
  return [[{ path, conditions }]];
}

function compileOr(value: unknown, path: string, at: string, count: Count): Requirement[][] {
  if (!Array.isArray(value) || value.length < 2) {
    throw new InvalidEventPatternError(at, "must be an array of at least two patterns", value);
  }
  return value.flatMap((pattern) => compileObject(pattern, path, true, count));
}

function join(left: Requirement[], right: Requirement[]): Requirement[] {
  const twice = right.find(({ path }) => left.some((requirement) => requirement.path === path));
  if (twice) throw new InvalidEventPatternError(twice.path, "is named twice in one combination of $or: keep one of the two");
  return [...left, ...right];
}

function byPath(a: Requirement, b: Requirement): number {
  return a.path < b.path ? -1 : 1;
}
