/** A moment as AWS's console and logs write it: `2024-02-05 08:07 UTC`. */
export function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** A moment to the second: `08:07:12 UTC`. */
export function utcTime(iso: string): string {
  return `${iso.slice(11, 19)} UTC`;
}

/** A length of time in its two largest units: `1 min 7 s`, `2 h 5 min`; `milliseconds` below zero read as 0. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const shown = parts.slice(parts.findIndex(([amount]) => amount > 0)).slice(0, 2);
  const text = shown.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return seconds === 0 ? "0 s" : text.join(" ");
}
