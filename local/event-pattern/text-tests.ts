import { isObject, onlyEntry, type Scalar } from "./condition.ts";
import { InvalidEventPatternError } from "./error.ts";

type TextTest = (value: string) => boolean;

/** Makes a test of strings into one of any value; other values never pass. */
export function onString(test: TextTest): (value: Scalar) => boolean {
  return (value) => typeof value === "string" && test(value);
}

/** The operand of an operator that takes a string; throws InvalidEventPatternError for anything else. */
export function text(operator: string, operand: unknown, path: string): string {
  if (typeof operand === "string") return operand;
  throw new InvalidEventPatternError(path, `has "${operator}", which takes a string`, operand);
}

/** Equality that ignores upper and lower case. */
export function equalsIgnoreCase(wanted: string): TextTest {
  return (value) => value.toLowerCase() === wanted.toLowerCase();
}

/** `prefix` and `suffix`: a string, or `{"equals-ignore-case": string}`. */
export function affixTest(operator: "prefix" | "suffix", operand: unknown, path: string): TextTest {
  const has = (value: string, affix: string): boolean => (operator === "prefix" ? value.startsWith(affix) : value.endsWith(affix));
  if (!isObject(operand)) {
    const affix = text(operator, operand, path);
    return (value) => has(value, affix);
  }
  const [name, raw] = onlyEntry(operand, path);
  if (name !== "equals-ignore-case") {
    throw new InvalidEventPatternError(path, `has "${operator}" with "${name}"; it may hold only equals-ignore-case`, operand);
  }
  const affix = text(`${operator}" with "equals-ignore-case`, raw, path).toLowerCase();
  return (value) => has(value.toLowerCase(), affix);
}

/** `wildcard`: `*` stands for any run of characters, `\*` and `\\` for the characters themselves; `**` and other escapes are refused. */
export function wildcardTest(operand: unknown, path: string): TextTest {
  const wildcard = text("wildcard", operand, path);
  const parts = wildcard.match(/\\[\\*]|\*|[^\\*]+/g) ?? [];
  if (parts.join("") !== wildcard) {
    throw new InvalidEventPatternError(path, "has a wildcard in which \\ escapes something else than * or \\", operand);
  }
  if (parts.some((part, index) => part === "*" && parts[index + 1] === "*")) {
    throw new InvalidEventPatternError(path, "has a wildcard with two * in a row: write one", operand);
  }
  const source = parts.map((part) => (part === "*" ? ".*" : literal(part.replace(/^\\/, ""))));
  const expression = new RegExp(`^${source.join("")}$`, "s");
  return (value) => expression.test(value);
}

function literal(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
