import type { Saying } from "../deployments/coded.ts";

/** What a card says about an operation. */
export interface RecordedOperation {
  /** Its name in the list of operations. */
  name: string;
  requestId: string;
  /** ISO 8601. */
  since: string;
  /** Its latest step, and what it says of it. */
  step?: string;
  said?: Saying;
  /** What it waits for, and when the card last showed that (ISO 8601). */
  shows?: Saying;
  shownAt?: string;
  /** How it failed, if it did. */
  failed?: Saying;
  /** True if a person stopped it, and that is why. */
  cancelled?: true;
  /** True on the deployment that it created and so will not delete. */
  creates?: true;
}
