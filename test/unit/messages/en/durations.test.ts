import { expect, it } from "vitest";
import { ageWords, duration } from "../../../../src/messages/en/durations.ts";

it.each([
  [-1, "0 s"],
  [499, "0 s"],
  [66_144, "1 min 6 s"],
  [120_000, "2 min"],
  [3_600_000 + 5_000, "1 h"],
  [2 * 3_600_000 + 5 * 60_000 + 9_000, "2 h 5 min"],
  [26 * 3_600_000, "1 d 2 h"],
])("writes %d milliseconds as %s, in its two largest units", (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

it.each([
  [0, "less than a minute"],
  [59_999, "less than a minute"],
  [60_000, "1 minute"],
  [3_600_000, "1 hour"],
  [90_061_000, "1 day 1 hour"],
  [86_460_000, "1 day"],
  [3 * 86_400_000 + 5 * 3_600_000, "3 days 5 hours"],
])("%d ms are %s", (ms, words) => expect(ageWords(ms)).toBe(words));
