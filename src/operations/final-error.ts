/** Thrown where trying again cannot help; the message says what a person should know. */
export class FinalError extends Error {
  override readonly name = "FinalError";
}
