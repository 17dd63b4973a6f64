import type { Saying } from "../../../deployments/coded.ts";
import type { Asker } from "../../../operations/says/asker.ts";
import type { Reason, Reasons } from "../../../operations/says/reasons.ts";
import type { Said, Sayings } from "../../../operations/says/sayings.ts";
import type { Shown } from "../../../operations/says/shown.ts";
import type { Standing } from "../../../standing/standing.ts";
import { type Form, say, type Words } from "../../form.ts";
import { sentence } from "../../sentences.ts";
import type { Telling } from "../../telling.ts";
import { ENDS } from "./ends.ts";
import { askedBy } from "./names.ts";
import { OF_CLAIMS } from "./reasons-of-claims.ts";
import { OF_PLANS } from "./reasons-of-plans.ts";
import { OF_CREATIONS, OF_DELETIONS } from "./reasons-of-recreations.ts";
import { OF_REQUESTS } from "./reasons-of-requests.ts";
import { OF_SWITCHOVERS } from "./reasons-of-switchovers.ts";
import { OF_THE_POLICY } from "./reasons-of-the-policy.ts";
import { SHOWING } from "./showing.ts";
import { STEPS } from "./steps.ts";

const SAYINGS: Words<Sayings, Telling> = { ...STEPS, ...ENDS };

const REASONS: Words<Reasons, Telling> = {
  ...OF_CLAIMS,
  ...OF_REQUESTS,
  ...OF_THE_POLICY,
  ...OF_PLANS,
  ...OF_DELETIONS,
  ...OF_CREATIONS,
  ...OF_SWITCHOVERS,
  "aws-said": ({ text }, as) => as.text(text),
  "looked-at-in-vain": ({ text }, as) => `For two hours the guard could not read from RDS how it stands: ${as.text(text)}`,
};

// Written by another version of the guard, it may be a code that this one does not know.
const isSaid = (it: Saying): it is Said => Object.hasOwn(SAYINGS, it.code);
const isShown = (it: Saying): it is Shown => Object.hasOwn(SHOWING, it.code);

/** The form for what operations say. */
export function telling(form: Form, advises = true): Telling {
  const as: Telling = {
    ...form,
    advises,
    said: (it) => (isSaid(it) ? say(SAYINGS, it, as) : ""),
    why: (it) => (it ? sentence(say(REASONS, it, as)) : ""),
  };
  return as;
}

/** True if green may have become production since something was written down. */
export const mayBeProduction = (deployment: Standing | undefined): boolean => deployment?.exists === true && !deployment.mayDeleteGreen;

/** What an operation says, or said earlier of a deployment that stands so now: without what would delete green by now. */
export function saidWords(said: Saying, form: Form, deployment?: Standing): string {
  const words = telling(form).said(said);
  if (!mayBeProduction(deployment)) return words;
  const kept = telling(form, false).said(said);
  return kept === words ? words : `${kept} Delete nothing: green may be production by now.`;
}

/** The same where its own entry says more: of a beginning, who asked for it. */
export function saidInBrief(said: Saying, form: Form): string {
  const { asker } = said as { asker?: Asker };
  return asker === undefined ? saidWords(said, form) : `${askedBy(asker, form)}.`;
}

/** A reason in sentences. */
export const reasonWords = (reason: Reason, form: Form): string => telling(form).why(reason);

/** What moves while an operation waits. */
export const shownWords = (shown: Saying, form: Form): string => (isShown(shown) ? say(SHOWING, shown, form) : "");
