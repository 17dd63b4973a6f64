import { describe, expect, it } from "vitest";
import { coresIn } from "../../../bench/cores.ts";
import { mixed } from "../../../bench/floor.ts";
import { median, percentile } from "../../../bench/statistics.ts";
import { wavesOf } from "../../../bench/waves.ts";

describe("what the bench reckons with", () => {
  it("takes the median and the 95th percentile by the nearest rank", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([median(values), percentile(values, 0.95), median([7])]).toEqual([50, 95, 7]);
    expect(() => median([])).toThrow("no values");
  });

  it("makes calls at once that were under way at once, and the others after them", () => {
    const spans = [
      { name: "c", begun: 5, ended: 6 },
      { name: "a", begun: 0, ended: 3 },
      { name: "b", begun: 1, ended: 4 },
      { name: "d", begun: 6, ended: 9 },
    ];
    expect(wavesOf(spans).map((wave) => wave.map(({ name }) => name).join(""))).toEqual(["ab", "c", "d"]);
  });

  it("mixes the kinds of calls evenly", () => {
    const kinds = mixed({ get: 4, put: 2 }).map(({ kind }) => kind);
    expect(kinds.slice(0, 3).toSorted()).toEqual(["get", "get", "put"]);
    expect(kinds.slice(3).toSorted()).toEqual(["get", "get", "put"]);
  });

  it.each([
    ["0-1", [0, 1]],
    ["2,4-6", [2, 4, 5, 6]],
    ["", []],
  ])("reads the list of cores %j", (list, cores) => {
    expect(coresIn(list)).toEqual(cores);
  });
});
