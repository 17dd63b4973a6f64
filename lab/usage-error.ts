/** Thrown for arguments that cannot be used; its message names the argument and what is wrong with it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
