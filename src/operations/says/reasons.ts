import type { Coded, Saying } from "../../deployments/coded.ts";
import type { Named } from "../../deployments/find-deployment.ts";
import type { Person } from "../../deployments/person.ts";
import type { Check } from "../../plans/checks.ts";
import type { OnDegraded } from "../../plans/on-degraded.ts";
import type { WhyNotDeleted } from "../../plans/safe-to-delete.ts";
import type { AskedFields, Missing } from "../../plans/spec/settled.ts";
import type { Claims } from "../../standing/claimed.ts";
import type { Obstacle } from "../../standing/obstacles.ts";
import type { OperationName } from "../index.ts";

/** Why an operation does not begin, does not go on, or has not done what was asked for. */
export type Reason = Coded<Reasons>;

/** The same, by code; times are ISO 8601. */
export interface Reasons extends Claims, OfRequests, OfThePolicy, OfPlans, OfDeletions, OfCreations, OfSwitchovers {
  /** The words of AWS, or of an error that nobody has foreseen. */
  "aws-said": { text: string };
  "looked-at-in-vain": { text: string };
}

/** Of requests and executions. */
export interface OfRequests {
  "no-such-request": { requestId: string };
  "request-lost": { requestId?: string };
  "request-ended": { at: string; how: Saying };
  "not-approved": object;
  "request-cancelled": { by: Person };
  "request-lapsed": { validUntil: string };
  "request-unusable": object;
  /** Nothing has begun it in time; `next` is why it is not asked for again by itself. */
  "nothing-began": { validUntil: string; approved: boolean; next?: Reason };
  "decided-too-long-ago": { since: string };
  "claim-lost": { owner?: string };
  "ended-already": { at: string };
  "carried-out-by": { execution?: string };
  cancelled: { by: Person; at: string };
  "cancelled-before-its-beginning": { by: Person };
  "broken-off": { execution: string; status?: string };
  "ended-by-force": { by: Person; why: Reason };
  "not-on-the-bus": object;
  "nobody-to-approve": object;
}

/** What keeps the policy from going on by itself. */
export interface OfThePolicy {
  /** An operation on the database failed, or a person held it. */
  "left-alone": { since: Saying };
  "recreated-too-often": { times: number; most: number };
  "policy-asks-for-less": { applies: OnDegraded };
  "policy-finds-it-gone": object;
  "policy-finds-it-mended": object;
  "policy-finds-production-unknown": object;
  "switchover-has-failed": object;
  "green-is-protected": object;
  "plan-needs-a-person": { now?: boolean };
  "too-old-to-confirm": { id: string };
  "degradation-not-listed": object;
  "announcement-not-taken": object;
  "a-person-is-asked": { doubt: Reason };
  held: { by: Person; at: string };
  "person-at-work": { operation: OperationName; owner: string };
}

/** Of plans and what they are made from. */
export interface OfPlans {
  checks: { checks: readonly Check[] };
  /** The same, of what they found alone. */
  "checks-found": { checks: readonly Check[] };
  "checks-forbid-creation": { checks: readonly Check[] };
  "checks-forbid-switchover": { checks: readonly Check[] };
  "green-stays": { why: WhyNotDeleted };
  "not-listed": { id: string; operation: OperationName };
  "not-listed-once": { id: string };
  "no-cluster-group": { blue: string };
  "fields-missing": { name: string; missing: readonly Missing[]; asked: AskedFields };
  /** It was begun with these values, absent where green's counts. */
  "begun-otherwise": { fields: readonly { field: keyof AskedFields; begun?: string }[] };
  "blue-not-known": { arn: string };
  "plan-outdated": object;
  gone: { id: string };
}

/** Of deletions. */
export interface OfDeletions {
  "not-named-as-green": { name: string };
  "not-a-target": { name: string };
  "unprotecting-refused": { text: string };
  "deletion-not-begun": { deployment: Named };
  "deletion-not-by-old-plan": { deployment: Named };
  "deletion-refused-perhaps": object;
  "gave-up-deletion": { by: Person };
  "green-kept": { names: readonly string[] };
}

/** Of creations, and of what became of the new deployment. */
export interface OfCreations {
  "other-created": { deployment: Named };
  "created-without-id": object;
  "blue-replaced": { name: string; found: string; expected: string };
  "gave-up-creation": { by: Person; id: string };
  "new-gone": { id: string };
  "new-being-deleted": { id: string };
  "never-ready": { id: string; status: string; task?: string; details?: string };
  "degraded-again": { id: string; at: string; text: string };
  "switching-over-already": object;
  "switched-over-since": object;
  "switchover-failed-since": object;
  "status-since": { status: string };
}

/** Of switchovers. */
export interface OfSwitchovers {
  "other-blue": object;
  "refused-as-not-ready": object;
  "refused-for-ten-minutes": object;
  "somebody-else-switches": { at: string; text: string };
  "switchover-refused": { text: string };
  "green-not-ready": { obstacles: readonly Obstacle[] };
  "end-not-sure": object;
  "deleted-meanwhile": object;
  "in-part": { members: readonly Switched[] };
  "failed-without-reason": object;
  "rolled-back": { text: string; degraded?: boolean };
  "not-told": { status: string; events: readonly { at: string; text: string }[] };
}

/** Where a member's name leads, and the version there, if RDS describes it. */
export interface Switched {
  name: string;
  isSwitched: boolean;
  status?: string;
  version?: string;
}
