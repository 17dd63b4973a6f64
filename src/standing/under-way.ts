import type { Saying } from "../deployments/coded.ts";
import type { Person } from "../deployments/person.ts";

/** The guard's operation on a deployment and what the policy is about to do, as `operations` describes them. */
export interface UnderWay {
  operation?: OperationStanding;
  /** Present if the operation replaces the deployment: deletes it and creates another one. */
  recreating?: "under way" | "failed";
  /** What the guard said if that failed after the deletion. */
  unfinished?: Saying;
  /** True if a person stopped it, and that is why. */
  cancelled?: boolean;
  policy?: PolicyStanding;
}

/** An operation as a card shows it. */
export interface OperationStanding {
  /** Its name in the list of operations. */
  name: string;
  /** The step that it has reached, out of how many; absent before the first. */
  step?: { at: number; of: number };
  /** What it said last. */
  said?: Saying;
  /** What it waits for, if that changes over time. */
  shows?: Saying;
  failed?: Saying;
  /** When it began, ISO 8601. */
  since: string;
  /** True if RDS has ended what it waits for, and it has not noticed yet. */
  isOver?: boolean;
  /** Who asked it to stop before its next change, and what exists if it stops now. */
  stopping?: { by: Person; leaves: Leaves };
}

/**
 * What an operation that stops now leaves: all as it was, no green or perhaps none, a new green that RDS builds on or perhaps one, a switchover that RDS goes on with, or
 * what nobody knows.
 */
export type Leaves = "everything" | "maybe-no-green" | "no-green" | "maybe-green" | "new-green" | "switchover" | "unknown";

/** What the policy does about a degraded deployment before its operation begins. */
export interface PolicyStanding {
  /** It looks whether it may; it has announced a recreation; it leaves the decision to a person. */
  state: "considering" | "announced" | "asking";
  /** For an announced recreation: the earliest time at which it begins, ISO 8601. */
  notBefore?: string;
  /** Minutes without DDL that it waits for. */
  settleMinutes?: number;
  /** Who held it; it does not begin any more. */
  heldBy?: Person;
}
