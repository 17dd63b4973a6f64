import { anythingBut } from "./anything-but.ts";
import { cidrTest } from "./cidr.ts";
import { type Condition, isObject, onlyEntry } from "./condition.ts";
import { InvalidEventPatternError } from "./error.ts";
import { numericTest } from "./numeric.ts";
import { affixTest, equalsIgnoreCase, onString, text, wildcardTest } from "./text-tests.ts";

const OPERATORS: Record<string, (operand: unknown, path: string) => Condition> = {
  prefix: (operand, path) => ({ matches: onString(affixTest("prefix", operand, path)) }),
  suffix: (operand, path) => ({ matches: onString(affixTest("suffix", operand, path)) }),
  "equals-ignore-case": (operand, path) => ({ matches: onString(equalsIgnoreCase(text("equals-ignore-case", operand, path))) }),
  wildcard: (operand, path) => ({ matches: onString(wildcardTest(operand, path)), wildcards: 1 }),
  "anything-but": anythingBut,
  numeric: (operand, path) => ({ matches: numericTest(operand, path) }),
  cidr: (operand, path) => ({ matches: onString(cidrTest(operand, path)) }),
  exists: (operand, path) => {
    if (typeof operand !== "boolean") throw new InvalidEventPatternError(path, `has "exists", which takes true or false`, operand);
    return operand ? { matches: () => true } : { absent: true };
  },
};

/** Reads one entry of a field's list, a value or `{operator: operand}`; throws InvalidEventPatternError. */
export function parseCondition(raw: unknown, path: string): Condition {
  if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") {
    return { matches: (value) => value === raw };
  }
  if (!isObject(raw)) {
    throw new InvalidEventPatternError(path, "may list only strings, numbers, true, false, null and {operator: operand}", raw);
  }
  const [name, operand] = onlyEntry(raw, path);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) {
    throw new InvalidEventPatternError(path, `has the unknown operator "${name}"; known are ${Object.keys(OPERATORS).join(", ")}`);
  }
  return operator(operand, path);
}
