import { createHash } from "node:crypto";

/** A short hash of a value's JSON, to detect changes; ignores the order of an object's fields, since DynamoDB changes it. */
export function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value, sorted) ?? "")
    .digest("hex")
    .slice(0, 16);
}

/** Whether two values have the same hash. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || hashOf(a) === hashOf(b);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
