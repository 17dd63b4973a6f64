import type { Check } from "../../plans/checks.ts";
import type { Telling } from "../telling.ts";
import { eventsMissing, isEventsMissing } from "./events-missing.ts";

/** What a check found. */
export function foundBy({ told, reason }: Check, as: Telling): string {
  if (told === undefined) return as.text(reason, 1_000);
  return isEventsMissing(told) ? eventsMissing(told, as) : as.why(told);
}

/** The same, with what to do about it. */
export function checkWords(check: Check, as: Telling): string {
  const found = foundBy(check, as);
  return check.remedy ? `${found} ${as.text(check.remedy, 600)}` : found;
}
