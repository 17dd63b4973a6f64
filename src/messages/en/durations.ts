import { counted } from "./counted.ts";

/** A duration in its two largest units: `1 min 7 s`, `2 h 5 min`; negative `milliseconds` count as 0. */
export function duration(milliseconds: number): string {
  const parts = largestOf(Math.round(milliseconds / 1_000));
  return parts.map(({ amount, short }) => `${amount} ${short}`).join(" ") || "0 s";
}

/** A duration in words, rounded down to minutes, in its two largest units: `3 days 4 hours`, or `less than a minute`. */
export function ageWords(milliseconds: number): string {
  const parts = largestOf(Math.floor(milliseconds / 60_000) * 60);
  return parts.map(({ amount, word }) => counted(amount, word)).join(" ") || "less than a minute";
}

/** Each unit in seconds, with its short name and its word. */
const UNITS = [
  [86_400, "d", "day"],
  [3_600, "h", "hour"],
  [60, "min", "minute"],
  [1, "s", "second"],
] as const;

/** The two largest units of a duration with their amounts; leaves out a unit with the amount 0. */
function largestOf(seconds: number) {
  let rest = Math.max(0, seconds);
  const amounts = UNITS.map(([unit, short, word]) => {
    const amount = Math.floor(rest / unit);
    rest %= unit;
    return { amount, short, word };
  });
  const first = amounts.findIndex(({ amount }) => amount > 0);
  return first < 0 ? [] : amounts.slice(first, first + 2).filter(({ amount }) => amount > 0);
}
