import type { CallFailures } from "../deployments/call-failures.ts";
import type { Coded } from "../deployments/coded.ts";

/** AWS's answer to a question; unknown if the call was refused or timed out. */
export type Answer<T> = { known: true; value: T } | { known: false; why: Unanswered };

/** Why an answer is not known. */
export type Unanswered = Coded<Unanswereds>;

export interface Unanswereds extends CallFailures {
  /** Nobody knows whom to ask about. */
  "principal-unknown": object;
}

/** An answer that AWS gave. */
export const known = <T>(value: T): Answer<T> => ({ known: true, value });
