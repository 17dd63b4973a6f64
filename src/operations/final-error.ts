import { ReasonedError } from "./says/reasoned-error.ts";

/** Thrown if trying again cannot help; the reason is for a person to know. */
export class FinalError extends ReasonedError {
  override readonly name = "FinalError";
}
