import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonError } from "../../../../lab/replay/json-error.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the place at which a text is not JSON", () => {
  it("is found exactly where JSON.parse refuses a text, and nowhere else", () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom("", '"', "\\", "{", "}", "[", "]", ",", ":", "0", "-", "e", "t", "\n", "\u0001"),
      )
      .map(([text, at, cut, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut));
    fc.assert(
      fc.property(broken, (text) => {
        expect(jsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("is never behind a text that could still become JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const start = text.slice(0, at % text.length);
        const error = jsonError(start);
        // Of a number, a minus or an exponent without its digits stops where it begins.
        if (error && !/[-+.eE]$/.test(start)) expect(start.slice(error.offset)).toMatch(/^$|^\\/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['{"a": 1,\n "b": tru}', 18, 'unexpected "}"'],
    ['{"a": 1', 7, "ends in the middle"],
    ["", 0, "ends in the middle"],
    ["[1, 2] 3", 7, 'unexpected "3"'],
    ['["a\nb"]', 3, "line break"],
    ["[1,]", 3, 'unexpected "]"'],
    ["{a: 1}", 1, 'unexpected "a"'],
  ])("of %j is %i: %s", (text, offset, what) => {
    expect(jsonError(text)).toEqual({ offset, what: expect.stringContaining(what) });
  });

  it("is where its values begin to nest deeper than can be read, in a text that nests without end", () => {
    expect(jsonError("[".repeat(20_000))).toEqual({ offset: 1_000, what: "values nest more than 1000 levels deep" });
  });
});
