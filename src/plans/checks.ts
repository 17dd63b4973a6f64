import type { Coded } from "../deployments/coded.ts";
import type { Findings } from "./findings.ts";

/** AWS's answer to a question; unknown if the call was refused or timed out. */
export type Answer<T> = { known: true; value: T } | { known: false; why: Unanswered };

/** Why an answer is not known. */
export type Unanswered = Coded<{
  /** AWS did not answer in time. */
  "timed-out": { call: string; seconds: number };
  /** AWS refused the call: the error's name and its own words. */
  refused: { call: string; error: string; text: string };
  /** Nobody knows whom to ask about. */
  "principal-unknown": object;
}>;

/** An answer that AWS gave. */
export const known = <T>(value: T): Answer<T> => ({ known: true, value });

/** The result of a check: `fail` stops the operation before it changes anything; a person can accept `warn` and `unknown`. */
export type CheckResult = "pass" | "warn" | "fail" | "unknown";

/** What a check found. */
export type Found = Coded<Findings>;

/** A check without its id; what it found also says what to do, unless it passed. */
export interface Finding {
  result: CheckResult;
  found: Found;
}

/** One line of a checklist. */
export interface Check extends Finding {
  id: string;
}

export const pass = (found: Found): Finding => ({ result: "pass", found });
export const warn = (found: Found): Finding => ({ result: "warn", found });
export const fail = (found: Found): Finding => ({ result: "fail", found });
export const unknown = (found: Found): Finding => ({ result: "unknown", found });

/** The finding of `judge`, or unknown if AWS did not answer what `about` names. */
export function judged<T>(answer: Answer<T>, about: Findings["not-answered"]["about"], judge: (value: T) => Finding): Finding {
  return answer.known ? judge(answer.value) : unknown({ code: "not-answered", why: answer.why, about });
}

const WORST_FIRST: readonly CheckResult[] = ["fail", "unknown", "warn", "pass"];

/** The worst result of a checklist: fail, then unknown, then warn; `pass` if the list is empty. */
export function worstOf(checks: readonly Check[]): CheckResult {
  return WORST_FIRST.find((result) => checks.some((check) => check.result === result)) ?? "pass";
}
