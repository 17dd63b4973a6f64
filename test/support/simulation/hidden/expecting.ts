import { isDeepStrictEqual } from "node:util";

/** Thrown if something is not as it has to be. */
export class FalseError extends Error {
  override readonly name = "FalseError";
}

interface Expected<T> {
  toBe(expected: T): void;
  toBeUndefined(): void;
  toEqual(expected: T): void;
  toContain(part: unknown): void;
  toMatch(pattern: RegExp): void;
}

/** Expects of a value what vitest's `expect` does, also where vitest does not run; `where` explains a failure. @throws FalseError */
export function expect<T>(actual: T, where = ""): Expected<T> & { not: Expected<T> } {
  return { ...expected(actual, where, true), not: expected(actual, where, false) };
}

function expected<T>(actual: T, where: string, is: boolean): Expected<T> {
  const check = (holds: boolean, words: string) => {
    if (holds === is) return;
    throw new FalseError(`expected ${shown(actual)}${is ? "" : " not"} ${words}\n${where}`);
  };
  return {
    toBe: (other) => check(Object.is(actual, other), `to be ${shown(other)}`),
    toBeUndefined: () => check(actual === undefined, "to be undefined"),
    toEqual: (other) => check(isDeepStrictEqual(actual, other), `to equal ${shown(other)}`),
    toContain: (part) => check((actual as { includes(it: unknown): boolean }).includes(part), `to contain ${shown(part)}`),
    toMatch: (pattern) => check(pattern.test(String(actual)), `to match ${pattern}`),
  };
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);
