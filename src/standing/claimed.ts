import type { Coded, Saying } from "../deployments/coded.ts";
import type { Person } from "../deployments/person.ts";

/** Why nothing else may begin on a blue database. */
export type Claimed = Coded<Claims>;

/** The same, by code; times are ISO 8601, and operations have their names in the list of operations. */
export interface Claims {
  /** RDS did not show blue with its resource id. */
  "no-resource-id": object;
  "at-work": { operation: string; since: string; owner: string };
  /** Of one that began then it is not clear how it ended. */
  undecided: { operation: string; since: string; how: Saying };
  /** Somebody ended one by force. */
  quiet: { by: Person; until: string };
  /** The same, of one that has not ended yet. */
  "quiet-until-its-end": { by: Person };
  /** Its execution has ended, and nobody has said yet how it did. */
  "left-open": { operation: string; since: string };
}
