import type { Input } from "../input.ts";

/** Something that a visitor can do. */
export interface Action {
  /** Does it and says in a sentence what was done. @throws InputError for input that it cannot take, and the errors of AWS. */
  run(input: Input): string | Promise<string>;
  /** Whether all viewers see it as part of what happened. */
  told: boolean;
}
