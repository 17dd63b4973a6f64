import type { Claimed } from "../standing/claimed.ts";
import type { EventsMissing } from "../standing/events-missing.ts";

/** AWS's answer to a question; unknown if the call was refused or timed out. */
export type Answer<T> = { known: true; value: T } | { known: false; reason: string };

/** An answer that AWS gave. */
export const known = <T>(value: T): Answer<T> => ({ known: true, value });

/** The result of a check: `fail` stops the operation before it changes anything; a person can accept `warn` and `unknown`. */
export type CheckResult = "pass" | "warn" | "fail" | "unknown";

/** One line of a checklist: what the check found, and what to do unless it passed. */
export interface Check {
  id: string;
  result: CheckResult;
  /** What it was told by others; then `reason` is empty. */
  told?: Claimed | EventsMissing;
  /** What the check found, as a sentence. */
  reason: string;
  /** What to do, as a sentence; absent if there is nothing to do. */
  remedy?: string;
}

/** A check without its id. */
export type Finding = Omit<Check, "id">;

export const pass = (reason: string): Finding => ({ result: "pass", reason });
export const warn = (reason: string, remedy: string): Finding => ({ result: "warn", reason, remedy });
export const fail = (reason: string, remedy: string): Finding => ({ result: "fail", reason, remedy });
export const unknown = (reason: string, remedy: string): Finding => ({ result: "unknown", reason, remedy });

/** The finding of `judge`, or unknown if AWS did not answer. */
export function judged<T>(answer: Answer<T>, remedy: string, judge: (value: T) => Finding): Finding {
  return answer.known ? judge(answer.value) : unknown(answer.reason, remedy);
}

const WORST_FIRST: readonly CheckResult[] = ["fail", "unknown", "warn", "pass"];

/** The worst result of a checklist: fail, then unknown, then warn; `pass` if the list is empty. */
export function worstOf(checks: readonly Check[]): CheckResult {
  return WORST_FIRST.find((result) => checks.some((check) => check.result === result)) ?? "pass";
}
