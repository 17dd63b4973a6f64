import type { Form } from "../../form.ts";

const MOST_NAMES = 6;

/** The first few names, between `before` and `after`; empty if there are none. */
export function names(before: string, all: readonly string[], as: Form, after = ""): string {
  if (all.length === 0) return "";
  const shown = all.slice(0, MOST_NAMES).map((name) => as.code(name));
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
  return `${before}${shown.join(", ")}${more}${after}`;
}
