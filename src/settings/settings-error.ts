/** Thrown where the environment lacks settings or holds bad ones: the message names all of them. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** A sentence for each variable that is missing or bad. */
  readonly problems: string;

  constructor(problems: string) {
    super(`${problems} Set the environment variables of the function.`);
    this.problems = problems;
  }
}
