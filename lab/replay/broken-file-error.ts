import type * as z from "zod";
import { visible } from "../../local/visible.ts";

/** Thrown for a saved file that cannot be read as what it should be: its message names the file, the position and what is wrong there. */
export class BrokenFileError extends Error {
  override readonly name = "BrokenFileError";

  /** `position` is a line and column, an element, or empty for the whole file. */
  constructor(file: string, position: string, what: string) {
    super(visible(`${file}${position && `, ${position}`}: ${what}`));
  }
}

/** The first field that zod found wrong, what is wrong with it, and nothing else. */
export function firstIssue({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.join(".") || "(the whole)";
  return `${field}: ${issue?.message ?? "unreadable"}`;
}
