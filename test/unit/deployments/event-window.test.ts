import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earliestListed, eventWindow, piecesOf } from "../../../src/deployments/event-window.ts";

const NOW = Date.parse("2026-08-19T12:00:00.000Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// Measured in us-east-1 on 2026-08-19: now − 14 days is refused with InvalidParameterCombination, a minute later is not.
it("never begins where RDS refuses it: 14 days ago", () => {
  expect(NOW - earliestListed(NOW)).toBe(14 * DAY - 10 * MINUTE);
  expect(eventWindow(NOW - 20 * DAY, NOW).from).toBe(earliestListed(NOW));
  expect(eventWindow(NOW - 14 * DAY, NOW).from).toBe(earliestListed(NOW));
  expect(eventWindow(Number.NaN, NOW).from).toBe(earliestListed(NOW));
});

it("begins where it was asked for if RDS lists that, and never after its end", () => {
  expect(eventWindow(NOW - DAY, NOW).from).toBe(NOW - DAY);
  expect(eventWindow(NOW + MINUTE, NOW).from).toBe(NOW);
});

it("reaches beyond now, so that an event is listed also where this machine's clock is behind", () => {
  expect(eventWindow(NOW - DAY, NOW).until).toBe(NOW + DAY);
  expect(piecesOf([{ from: NOW - MINUTE, until: NOW }], NOW)).toEqual([{ from: NOW - MINUTE, until: NOW + DAY }]);
});

describe("the pieces of windows", () => {
  it("are a day each, newest first", () => {
    expect(piecesOf([{ from: NOW - 2.5 * DAY, until: NOW }], NOW)).toEqual([
      { from: NOW - 0.5 * DAY, until: NOW + DAY },
      { from: NOW - 1.5 * DAY, until: NOW - 0.5 * DAY },
      { from: NOW - 2.5 * DAY, until: NOW - 1.5 * DAY },
    ]);
  });

  it("shrink as time passes, until nothing is left of what RDS no longer lists", () => {
    const refused = [{ from: NOW - 14 * DAY, until: NOW - 13 * DAY }];
    expect(piecesOf(refused, NOW)).toEqual([{ from: NOW - 14 * DAY + 10 * MINUTE, until: NOW - 13 * DAY }]);
    expect(piecesOf(refused, NOW + DAY / 2)).toEqual([{ from: NOW - 13.5 * DAY + 10 * MINUTE, until: NOW - 13 * DAY }]);
    expect(piecesOf(refused, NOW + DAY)).toEqual([]);
  });

  it("cover every listed moment of the windows, and each of them once", () => {
    const hour = fc.integer({ min: -500, max: 20 });
    const windows = fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 400 })), { maxLength: 6 });
    fc.assert(
      fc.property(windows, hour, (spans, moment) => {
        const all = spans.map(([from, hours]) => ({ from: NOW + (from * DAY) / 24, until: NOW + ((from + hours) * DAY) / 24 }));
        const at = NOW + (moment * DAY) / 24 + MINUTE;
        const covered = at >= earliestListed(NOW) && at < NOW && all.some(({ from, until }) => from <= at && at < until);
        const pieces = piecesOf(all, NOW);
        expect(pieces.filter(({ from, until }) => from <= at && at < Math.min(until, NOW))).toHaveLength(covered ? 1 : 0);
        expect(pieces.every(({ from, until }) => from >= earliestListed(NOW) && Math.min(until, NOW) - from <= DAY)).toBe(true);
      }),
    );
  });
});
