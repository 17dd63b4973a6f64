import type { BaseIssue } from "valibot";
import { Mistake } from "../../local/cli/mistake.ts";
import { issueWords } from "../../src/events/unreadable-event-error.ts";

/** Thrown for a saved file that cannot be read as what it should be: its message names the file, the position and what is wrong there. */
export class BrokenFileError extends Mistake {
  override readonly name = "BrokenFileError";

  /** `position` is a line and column, an element, or empty for the whole file. */
  constructor(file: string, position: string, what: string) {
    super(`${file}${position && `, ${position}`}: ${what}`);
  }
}

/** The first field that is wrong, what is wrong with it, and nothing else. */
export function firstIssue([issue]: readonly BaseIssue<unknown>[]): string {
  const field = issue?.path?.map(({ key }) => String(key)).join(".") || "(the whole)";
  return `${field}: ${issue ? issueWords(issue) : "unreadable"}`;
}
