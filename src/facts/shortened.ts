import { firstBytes } from "./first-bytes.ts";

/** What a thread entry can list of one thing. */
const MOST_ITEMS = 24;

/** A code and its data with no text longer than so many bytes of UTF-8, and no list longer than an entry shows. */
export function shortened<T>(value: T, longest: number): T {
  if (typeof value === "string") return firstBytes(value, longest) as T;
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((it: unknown) => shortened(it, longest)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, shortened<unknown>(it, longest)])) as T;
}
