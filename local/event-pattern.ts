/**
 * An EventBridge event pattern, as `PutRule` takes it, after parsing: maps field names to nested patterns or to lists of possible matches,
 * and `$or` to a list of patterns.
 */
export interface EventPattern {
  readonly [field: string]: unknown;
}

/**
 * Thrown for an event pattern that EventBridge would refuse, or that none of the guard's rules needs; the message says where and what was
 * there.
 */
export class InvalidEventPatternError extends Error {
  override readonly name = "InvalidEventPatternError";

  constructor(path: string, problem: string, received?: unknown) {
    const shown = received === undefined ? "" : ` Received: ${JSON.stringify(received)}.`;
    super(`This event pattern cannot be used: ${path === "" ? "the pattern" : `"${path}"`} ${problem}.${shown}`);
  }
}

/**
 * Tells whether EventBridge would send `event` to the targets of a rule with this pattern.
 *
 * It supports only what the guard's rules use: strings, `prefix`, `wildcard`, `exists: true`, `$or` and nested patterns. Source:
 * EventBridge user guide, "Event patterns" and "Comparison operators"; what these leave open (arrays of objects, repeated `$or` fields)
 * follows AWS's open source matcher, aws/event-ruler.
 *
 * @throws InvalidEventPatternError if EventBridge would refuse the pattern, and for anything else that it does not support.
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return compileObject(pattern, "").matches(event);
}

/**
 * Counts the `wildcard` strings of a pattern, each once, however deeply nested in `$or`.
 *
 * EventBridge refuses a rule with too many of them only at deployment.
 *
 * @throws InvalidEventPatternError as matchesPattern does.
 */
export function countWildcards(pattern: EventPattern): number {
  return compileObject(pattern, "").wildcards;
}

type Test = (value: unknown) => boolean;

/** A part of a pattern: its test, the fields that it names and how many wildcards it holds. */
interface Part {
  matches: Test;
  fields: string[];
  wildcards: number;
}

function compileObject(pattern: unknown, path: string, insideOr = false): Part {
  if (!isObject(pattern)) throw new InvalidEventPatternError(path, "must be an object", pattern);
  const fields = Object.entries(pattern).filter(([, value]) => value !== undefined);
  if (fields.length === 0) throw new InvalidEventPatternError(path, "is an empty object, which is not allowed");
  const parts = fields.map(([name, value]) => {
    const at = path === "" ? name : `${path}.${name}`;
    if (name === "$or") return compileOr(value, path, at);
    if (insideOr && Object.hasOwn(OPERATORS, name))
      throw new InvalidEventPatternError(at, "is the name of an operator, which no field inside $or may have");
    const part = isObject(value) ? compileObject(value, at, insideOr) : compileList(value, at);
    return { ...part, matches: (object: unknown) => isObject(object) && part.matches(object[name]) };
  });
  const named = parts.flatMap((part) => [...new Set(part.fields)]);
  const twice = named.find((field, index) => named.indexOf(field) !== index);
  if (twice) throw new InvalidEventPatternError(twice, "is named twice in one combination of $or: keep one of the two");
  // All fields must belong to the same element of an array.
  return { ...sum(parts), matches: inAny((value) => parts.every((part) => part.matches(value))) };
}

function compileOr(value: unknown, path: string, at: string): Part {
  if (!Array.isArray(value) || value.length < 2) throw new InvalidEventPatternError(at, "must be an array of at least two patterns", value);
  const parts = value.map((pattern) => compileObject(pattern, path, true));
  return { ...sum(parts), matches: (object) => parts.some((part) => part.matches(object)) };
}

function compileList(value: unknown, path: string): Part {
  if (!Array.isArray(value)) throw new InvalidEventPatternError(path, "must be an object or an array", value);
  if (value.length === 0) throw new InvalidEventPatternError(path, "is an empty array, which is not allowed");
  const tests = value.map((entry) => compileEntry(entry, path));
  const wildcards = value.filter((entry) => isObject(entry) && "wildcard" in entry).length;
  return { fields: [path], wildcards, matches: inAny((leaf) => tests.some((test) => test(leaf))) };
}

function compileEntry(entry: unknown, path: string): Test {
  if (typeof entry === "string") return (value) => value === entry;
  if (!isObject(entry)) throw new InvalidEventPatternError(path, "may list only strings and {operator: operand}", entry);
  const [[name, operand] = ["", undefined], ...others] = Object.entries(entry);
  if (name === "" || others.length > 0) throw new InvalidEventPatternError(path, "must have exactly one operator in each { }", entry);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator) return operator(operand, path);
  throw new InvalidEventPatternError(path, `has the operator "${name}", which no rule has; known are ${Object.keys(OPERATORS).join(", ")}`);
}

const OPERATORS: Record<string, (operand: unknown, path: string) => Test> = {
  prefix(operand, path) {
    const prefix = text("prefix", operand, path);
    return (value) => typeof value === "string" && value.startsWith(prefix);
  },
  wildcard(operand, path) {
    const expression = wildcardExpression(text("wildcard", operand, path), path);
    return (value) => typeof value === "string" && expression.test(value);
  },
  exists(operand, path) {
    if (operand !== true) throw new InvalidEventPatternError(path, `has "exists", which takes true`, operand);
    return (value) => value === null || ["string", "number", "boolean"].includes(typeof value);
  },
};

function text(operator: string, operand: unknown, path: string): string {
  if (typeof operand === "string") return operand;
  throw new InvalidEventPatternError(path, `has "${operator}", which takes a string`, operand);
}

/** `*` stands for any run of characters, `\*` and `\\` for the characters themselves; `**` and other escapes are refused. */
function wildcardExpression(wildcard: string, path: string): RegExp {
  const parts = wildcard.match(/\\[\\*]|\*|[^\\*]+/g) ?? [];
  if (parts.join("") !== wildcard)
    throw new InvalidEventPatternError(path, "has a wildcard in which \\ escapes something else than * or \\", wildcard);
  if (parts.some((part, index) => part === "*" && parts[index + 1] === "*"))
    throw new InvalidEventPatternError(path, "has a wildcard with two * in a row: write one", wildcard);
  const literal = (part: string) => part.replace(/^\\/, "").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`^${parts.map((part) => (part === "*" ? ".*" : literal(part))).join("")}$`, "s");
}

/** Extends a test of a value to the elements of an array, however deeply nested. */
function inAny(test: Test): Test {
  return (value) => (Array.isArray(value) ? value.some(inAny(test)) : test(value));
}

function sum(parts: readonly Part[]): Omit<Part, "matches"> {
  return { fields: parts.flatMap(({ fields }) => fields), wildcards: parts.reduce((count, { wildcards }) => count + wildcards, 0) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
