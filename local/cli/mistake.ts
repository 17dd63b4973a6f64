import { SettingsFileError } from "../../src/settings/file.ts";
import { visible } from "../visible.ts";

/** Thrown for a mistake in the environment or in a file that a command reads; the message says what is wrong and what to do. */
export class Mistake extends Error {
  override readonly name: string = "Mistake";
}

/** Thrown for arguments that cannot be used; the message names the argument and what is wrong with it. */
export class UsageError extends Mistake {
  override readonly name = "UsageError";
}

/** What a person reads of a mistake that they can correct; undefined for any other error. `help` is the command that says what there is. */
export function mistakeWords(error: unknown, help: string): string | undefined {
  if (error instanceof UsageError) return visible(`${error.message}\nSee ${help}\n`);
  return error instanceof Mistake || error instanceof SettingsFileError ? visible(`${error.message}\n`) : undefined;
}
