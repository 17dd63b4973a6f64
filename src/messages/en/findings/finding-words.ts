import type { Form } from "../../form.ts";
import type { Telling } from "../../telling.ts";

/** What a check found, as a sentence, and what to do, as another; the latter is absent if there is nothing to do. */
export type FindingText = readonly [reason: string, remedy?: string];

/** The words of findings. */
export type FindingWords<Codes> = { readonly [Code in keyof Codes]: (it: Codes[Code], as: Telling) => FindingText };

/** The names, with commas between them. */
export const listed = (names: readonly string[], as: Form): string => names.map((name) => as.code(name)).join(", ");

export const IN_CONSOLE = "Look at it in the RDS console.";
