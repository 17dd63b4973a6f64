import type { OfThePolicy } from "../../../operations/says/reasons.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";
import { operationWords } from "./names.ts";

const NOT_BY_ITSELF = "The guard does not recreate by itself.";

/** What keeps the policy from going on by itself. */
export const OF_THE_POLICY: Words<OfThePolicy, Telling> = {
  "left-alone": ({ since }, as) => as.said(since),
  "recreated-too-often": ({ times, most }) =>
    `The guard has recreated on this database ${times} times by itself within 24 hours, and may do so at most ${most} times.`,
  "policy-asks-for-less": ({ applies }, as) => `Its tag or the guard's settings now say ${as.code(applies)}. ${NOT_BY_ITSELF}`,
  "policy-finds-it-gone": () => `The deployment is gone. ${NOT_BY_ITSELF}`,
  "policy-finds-it-mended": () => `It is not degraded any more. ${NOT_BY_ITSELF}`,
  "policy-finds-production-unknown": () => `Green may be production by now. ${NOT_BY_ITSELF}`,
  "switchover-has-failed": () => "A switchover of it has failed: only a person may have green deleted now.",
  "green-is-protected": () => "Green has deletion protection, which only a person may have turned off.",
  "plan-needs-a-person": ({ now }) => `${now ? "By now a" : "A"} person has to look at the plan first.`,
  "too-old-to-confirm": () =>
    "The deployment is older than the 14 days for which RDS lists events, so RDS cannot confirm that it is degraded.",
  "degradation-not-listed": () => "RDS lists no event that says that it is degraded.",
  "announcement-not-taken": () => "Slack did not accept the announcement, so nobody could have stopped it.",
  "a-person-is-asked": ({ doubt }, as) => `A person has to decide. ${as.why(doubt)}`,
  held: ({ by, at }, as) => `${as.person(by)} put it on hold at ${as.time(at)}.`,
  "person-at-work": ({ operation }) => `A ${operationWords(operation).noun} that a person asked for is under way on this database.`,
};
