/** A timestamp as AWS's console and logs write it: `2024-02-05 08:07 UTC`. */
export function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** The time of day, to the second: `08:07:12 UTC`. */
export function utcTime(iso: string): string {
  return `${iso.slice(11, 19)} UTC`;
}
