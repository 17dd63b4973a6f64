/** Thrown if settings are missing from the environment or invalid; the message names all of them. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** A sentence for each missing or invalid variable. */
  readonly problems: string;

  constructor(problems: string) {
    super(`${problems} Set the environment variables of the function.`);
    this.problems = problems;
  }
}
