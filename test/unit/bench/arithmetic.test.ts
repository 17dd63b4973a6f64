import { describe, expect, it } from "vitest";
import { atLeast, atMost } from "../../../bench/budgets.ts";
import { coresIn } from "../../../bench/cores.ts";
import { median, percentile } from "../../../bench/statistics.ts";
import { levelsOf } from "../../../bench/warm/levels.ts";
import { WriteUnits } from "../../../bench/write-units.ts";

describe("what the bench reckons with", () => {
  it("takes the median and the 95th percentile by the nearest rank", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([median(values), percentile(values, 0.95), median([7])]).toEqual([50, 95, 7]);
    expect(() => median([])).toThrow("no values");
  });

  it("puts what began after another had ended one level after it, however long others lasted", () => {
    const spans = [
      { name: "last", begun: 21, ended: 25 },
      { name: "first", begun: 0, ended: 10 },
      { name: "long", begun: 1, ended: 20 },
      { name: "second", begun: 10, ended: 15 },
      { name: "third", begun: 16, ended: 19 },
    ];
    const levels = levelsOf(spans).map((level) => level.map(({ name }) => name).join(" "));
    expect(levels).toEqual(["first long", "second", "third", "last"]);
    expect(levelsOf([])).toEqual([]);
  });

  it("counts a write unit for each KiB of an item, and one for each entry of the index that a write adds, changes, moves from or removes", () => {
    const units = new WriteUnits();
    const item = (place: object, packed = 10) => ({
      Item: { pk: { S: "deployment#a" }, version: { N: "12" }, packed: { B: Buffer.alloc(packed).toString("base64") }, ...place },
    });
    const at = (rank: string, hint?: string) => ({ open: { S: "open#0" }, rank: { S: rank }, ...(hint && { hint: { S: hint } }) });
    expect(
      [item({}), item(at("9")), item(at("9")), item(at("9", "new")), item(at("1", "new")), item({})].map((it) => units.of(it)),
    ).toEqual([1, 2, 1, 2, 3, 2]);
    // Its names and other values are 29 bytes.
    expect([item({}, 1_024 - 29), item({}, 1_024 - 28)].map((it) => units.of(it))).toEqual([1, 2]);
    expect(units.of({ Key: { pk: { S: "channel#C0BLUEGREEN" } } })).toBe(1);
  });

  it("holds a figure that equals its budget to be within it, and one beyond it not", () => {
    const of = (verdicts: { withinBudget: boolean }[]) => verdicts.map(({ withinBudget }) => withinBudget);
    expect(of([atMost("calls", 14, 14), atMost("calls", 15, 14)])).toEqual([true, false]);
    expect(of([atLeast("a second", 150, 150), atLeast("a second", 149.9, 150)])).toEqual([true, false]);
  });

  it.each([
    ["0-1", [0, 1]],
    ["2,4-6", [2, 4, 5, 6]],
    ["", []],
  ])("reads the list of cores %j", (list, cores) => {
    expect(coresIn(list)).toEqual(cores);
  });
});
