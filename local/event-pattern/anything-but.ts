import { type Condition, isObject, onlyEntry } from "./condition.ts";
import { InvalidEventPatternError } from "./error.ts";
import { equalsIgnoreCase, onString, text, wildcardTest } from "./text-tests.ts";

type TextTest = (value: string) => boolean;

/** Reads the operand of `anything-but`: a string, a number, a list of one kind, or one text operator over a string or a list. */
export function anythingBut(operand: unknown, path: string): Condition {
  if (isObject(operand)) return anythingButText(operand, path);
  const refused = Array.isArray(operand) ? operand : [operand];
  const kinds = new Set(refused.map((value) => typeof value));
  if (kinds.size !== 1 || !(kinds.has("string") || kinds.has("number"))) {
    throw new InvalidEventPatternError(path, `has "anything-but", which takes strings or numbers, not both mixed`, operand);
  }
  return { matches: (value) => !refused.includes(value) };
}

const TEXT_TESTS: Record<string, (operand: unknown, path: string) => TextTest> = {
  prefix: (operand, path) => {
    const prefix = notEmpty("prefix", operand, path);
    return (value) => value.startsWith(prefix);
  },
  suffix: (operand, path) => {
    const suffix = notEmpty("suffix", operand, path);
    return (value) => value.endsWith(suffix);
  },
  "equals-ignore-case": (operand, path) => equalsIgnoreCase(text("equals-ignore-case", operand, path)),
  wildcard: wildcardTest,
};

function anythingButText(operand: Record<string, unknown>, path: string): Condition {
  const [name, raw] = onlyEntry(operand, path);
  const make = Object.hasOwn(TEXT_TESTS, name) ? TEXT_TESTS[name] : undefined;
  if (!make) {
    const known = Object.keys(TEXT_TESTS).join(", ");
    throw new InvalidEventPatternError(path, `has "anything-but" with "${name}"; it may hold ${known}`, operand);
  }
  const listed = Array.isArray(raw) ? raw : [raw];
  if (listed.length === 0) throw new InvalidEventPatternError(path, `has "anything-but" with an empty list`, operand);
  const tests = listed.map((one) => make(one, path));
  const refused = onString((value) => tests.some((test) => test(value)));
  return { matches: (value) => !refused(value), ...(name === "wildcard" && { wildcards: tests.length }) };
}

function notEmpty(operator: string, operand: unknown, path: string): string {
  const value = text(operator, operand, path);
  if (value === "") throw new InvalidEventPatternError(path, `has "anything-but" with an empty ${operator}, which is not allowed`);
  return value;
}
