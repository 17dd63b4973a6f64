import type { OfThePolicy } from "../../../operations/says/reasons.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";

const NOT_BY_ITSELF = "The guard does not recreate by itself.";

/** What keeps the policy from going on by itself. */
export const OF_THE_POLICY: Words<OfThePolicy, Telling> = {
  "left-alone": ({ since }, as) => as.said(since),
  "recreated-too-often": ({ times, most }) =>
    `The guard has recreated on this database ${times} times by itself within 24 hours, and may do so ${most} times.`,
  "policy-asks-for-less": ({ applies }, as) =>
    `By its tag or the guard's setting, ${as.code(applies)} applies to it by now. ${NOT_BY_ITSELF}`,
  "policy-finds-it-gone": () => `The deployment is gone. ${NOT_BY_ITSELF}`,
  "policy-finds-it-mended": () => `It is not degraded any more. ${NOT_BY_ITSELF}`,
  "policy-finds-production-unknown": () => `Green may be production by now. ${NOT_BY_ITSELF}`,
  "switchover-has-failed": () => "A switchover of it has failed: then only a person may have green deleted.",
  "green-is-protected": () => "Green has deletion protection, which only a person may have turned off.",
  "plan-needs-a-person": ({ now }) => `The plan needs a person's eyes${now ? " by now" : ""}.`,
  "too-old-to-confirm": ({ id }, as) =>
    `Deployment ${as.text(id, 60)} is older than the 14 days for which RDS lists events: they cannot confirm that it is degraded.`,
  "degradation-not-listed": () => "DescribeEvents lists no event that says so: the degradation is not confirmed.",
  "announcement-not-taken": () => "Slack did not take the announcement, so nobody could have held it.",
  "a-person-is-asked": ({ doubt }, as) => `A person is asked: ${as.why(doubt)}`,
  held: ({ by, at }, as) => `${as.person(by)} held it at ${as.text(at)}.`,
  "person-at-work": ({ operation, owner }, as) => `A ${operation} that a person asked for is at work on this database (${as.text(owner)}).`,
};
