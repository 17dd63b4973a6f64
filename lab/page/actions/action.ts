import type { Input } from "../input.ts";

/** Something that a visitor can do. */
export interface Action {
  /** Does it and says in a sentence what was done. @throws InputError for input it cannot take, and what AWS answers. */
  run(input: Input): string | Promise<string>;
  /** Whether all viewers are told of it as part of what happened. */
  told: boolean;
}
