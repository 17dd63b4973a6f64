import type { Scalar } from "./condition.ts";
import { InvalidEventPatternError } from "./error.ts";

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** Bound of numeric matching, both ways; source: EventBridge user guide, "Numeric matching". */
const LARGEST = 5.0e9;

/** `numeric`: one comparison, or a lower bound followed by an upper bound; throws InvalidEventPatternError for anything else. */
export function numericTest(operand: unknown, path: string): (value: Scalar) => boolean {
  const refuse = (problem: string): InvalidEventPatternError => new InvalidEventPatternError(path, `has "numeric" ${problem}`, operand);
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw refuse('without one or two comparisons: write [">", 0] or [">", 0, "<=", 5]');
  }
  const comparisons = [operand.slice(0, 2), operand.slice(2)].filter((pair) => pair.length > 0);
  const tests = comparisons.map(([sign, bound]: unknown[]) => {
    const compare = typeof sign === "string" && Object.hasOwn(COMPARISONS, sign) ? COMPARISONS[sign] : undefined;
    if (!compare) throw refuse(`with an unknown comparison; known are ${Object.keys(COMPARISONS).join(" ")}`);
    if (typeof bound !== "number" || Math.abs(bound) > LARGEST) throw refuse("with a bound that is no number from -5e9 to 5e9");
    return { sign: String(sign), bound, compare };
  });
  const [lower, upper] = tests;
  if (lower && upper) {
    if (!lower.sign.startsWith(">") || !upper.sign.startsWith("<")) throw refuse("with two comparisons that are not > or >= then < or <=");
    if (lower.bound >= upper.bound) throw refuse("with a range whose bottom is not less than its top");
  }
  return (value) => typeof value === "number" && tests.every(({ compare, bound }) => compare(value, bound));
}
