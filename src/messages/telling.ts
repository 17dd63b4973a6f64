import type { Saying } from "../deployments/coded.ts";
import type { Reason } from "../operations/says/reasons.ts";
import type { Form } from "./form.ts";

/** A form for what operations say, with what may be said by now of what was written down before. */
export interface Telling extends Form {
  /** False once green may have become production: nobody is told any more to delete it, or that all is as it was. */
  advises: boolean;
  /** The words for what an operation says. */
  said(it: Saying): string;
  /** The words for a reason, with an end mark; empty if there is none. */
  why(it: Reason | undefined): string;
}

/** Advice that holds only while green is not production. */
export const advice = (words: string, as: Telling): string => (as.advises ? words : "");
