/** What was asked of AWS and what became of it; a call that was refused or not answered in time leaves it unknown. */
export type Answer<T> = { known: true; value: T } | { known: false; reason: string };

/** An answer that came. */
export const known = <T>(value: T): Answer<T> => ({ known: true, value });

/** What a check found: `fail` stops before anything is touched, a person may accept `warn` and `unknown`. */
export type CheckResult = "pass" | "warn" | "fail" | "unknown";

/** One line of a checklist: what was found, and what to do where it is not `pass`. */
export interface Check {
  id: string;
  result: CheckResult;
  /** What was found, as a sentence. */
  reason: string;
  /** What to do, as a sentence; absent where nothing is to be done. */
  remedy?: string;
}

/** A check before it knows its id. */
export type Finding = Omit<Check, "id">;

export const pass = (reason: string): Finding => ({ result: "pass", reason });
export const warn = (reason: string, remedy: string): Finding => ({ result: "warn", reason, remedy });
export const fail = (reason: string, remedy: string): Finding => ({ result: "fail", reason, remedy });
export const unknown = (reason: string, remedy: string): Finding => ({ result: "unknown", reason, remedy });

/** The finding of `judge`, or unknown where AWS did not answer. */
export function judged<T>(answer: Answer<T>, remedy: string, judge: (value: T) => Finding): Finding {
  return answer.known ? judge(answer.value) : unknown(answer.reason, remedy);
}

const WORST_FIRST: readonly CheckResult[] = ["fail", "unknown", "warn", "pass"];

/** The worst result of a checklist: fail, then unknown, then warn; `pass` where the list is empty. */
export function worstOf(checks: readonly Check[]): CheckResult {
  return WORST_FIRST.find((result) => checks.some((check) => check.result === result)) ?? "pass";
}

/** What checks found and what to do, in one line. */
export const checkWords = (checks: readonly Check[]): string =>
  checks.map(({ reason, remedy }) => (remedy ? `${reason} ${remedy}` : reason)).join(" ");
