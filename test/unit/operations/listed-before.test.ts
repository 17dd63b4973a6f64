import type { Event } from "@aws-sdk/client-rds";
import { beforeEach, describe, expect, it } from "vitest";
import { listingOnce } from "../../../src/operations/read/listed-before.ts";

const START = Date.parse("2024-02-05T06:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An event that RDS lists only `late` milliseconds after it happened. */
interface Happened {
  text: string;
  at: number;
  late?: number;
}

let now: number;
let happened: Happened[];
let asked: { from: number; rows: number }[];
let fails: boolean;
beforeEach(() => {
  now = START;
  happened = [];
  asked = [];
  fails = false;
});

const rds = {
  async events(from: number, until: number): Promise<Event[]> {
    if (fails) throw new Error("Rate exceeded");
    const second = Math.floor(from / 1_000) * 1_000;
    const listed = happened.filter(({ at, late = 0 }) => at >= second && at < until && at + late <= now);
    asked.push({ from, rows: listed.length });
    return listed.map(({ text, at }) => ({ Message: text, Date: new Date(at) }));
  },
};
const open = () => now + DAY;
const texts = (rows: Event[]) => rows.map(({ Message }) => Message);

describe("what RDS has listed once", () => {
  it("is asked for again for the last hour alone, however busy the account is", async () => {
    happened = Array.from({ length: 10_000 }, (_, index) => ({ text: `${index}`, at: START - 10 * DAY + index * MINUTE }));
    const { events } = listingOnce(rds, () => now);
    expect(await events(START - 10 * DAY, open())).toHaveLength(10_000);
    for (let look = 0; look < 60; look += 1) {
      now += 10_000;
      expect(await events(START - 10 * DAY, open())).toHaveLength(10_000);
    }
    expect(asked[0]?.rows).toBe(10_000);
    expect(Math.max(...asked.slice(1).map(({ rows }) => rows))).toBeLessThanOrEqual(60);
  });

  it("misses no event that RDS lists up to an hour late, and repeats none", async () => {
    happened = [0, 1, 5, 20, 45, 59].map((minutes) => ({ text: `${minutes}`, at: START + minutes * MINUTE, late: minutes * MINUTE }));
    const { events } = listingOnce(rds, () => now);
    for (let look = 0; look < 40; look += 1) {
      await events(START - HOUR, open());
      now += 5 * MINUTE;
    }
    expect(texts(await events(START - HOUR, open())).sort()).toEqual(["0", "1", "20", "45", "5", "59"]);
  });

  it("is listed once where a window begins within a second", async () => {
    happened = [
      { text: "a", at: START + 400 },
      { text: "b", at: START + 600 },
    ];
    const { events } = listingOnce(rds, () => now);
    now = START + HOUR + 500;
    await events(START - DAY, open());
    now += 1_000;
    expect(texts(await events(START - DAY, open()))).toEqual(["a", "b"]);
  });

  it("is not taken for an earlier or another window", async () => {
    happened = [
      { text: "old", at: START - 5 * DAY },
      { text: "new", at: START - HOUR },
    ];
    const { events } = listingOnce(rds, () => now);
    expect(texts(await events(START - DAY, open()))).toEqual(["new"]);
    expect(texts(await events(START - 6 * DAY, open()))).toEqual(["old", "new"]);
    expect(texts(await events(START - 10 * MINUTE, open()))).toEqual([]);
    expect(texts(await events(START - 6 * DAY, open()))).toEqual(["old", "new"]);
  });

  it("leaves no gap where a look failed, or asked for a window that ended earlier", async () => {
    const { events } = listingOnce(rds, () => now);
    await events(START - DAY, open());
    fails = true;
    happened = [{ text: "meanwhile", at: START + 30 * MINUTE }];
    now = START + 3 * HOUR;
    await expect(events(START - DAY, open())).rejects.toThrow("Rate exceeded");
    fails = false;
    await events(START - DAY, START);
    expect(texts(await events(START - DAY, open()))).toEqual(["meanwhile"]);
  });
});
