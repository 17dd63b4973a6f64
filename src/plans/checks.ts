import type { Coded } from "../deployments/coded.ts";
import type { Answer } from "./answer.ts";
import type { Findings } from "./findings.ts";

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
