/** What the exit code of every command means; the README says for each command what that is. */
export const EXIT = {
  done: 0,
  /** It was not done, or it could not be seen. */
  failed: 1,
  /** Refused, or a mistake that the person who typed can correct. */
  refused: 2,
  /** The person left, by Ctrl-C or by the end of the input. */
  left: 130,
} as const;
