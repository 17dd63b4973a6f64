import type { Coded } from "../../deployments/coded.ts";
import type { Person } from "../../deployments/person.ts";
import type { OperationName } from "../index.ts";
import type { Said } from "./sayings.ts";

/** How it was decided whether a confirmed request begins. */
export type Decision = Coded<Decisions>;

/** The same, by code. */
export interface Decisions {
  "approved-and-begins": { by: Person };
  /** `ended` if it has ended all the same before it began. */
  approved: { by: Person; ended?: Said };
  rejected: { by: Person };
  /** Stopped by `cancel`. */
  stopped: { by: Person };
  /** Which of the two is not known. */
  "rejected-or-stopped": { by: Person };
  ended: { how: Said };
  /** `again` if it had been begun before, and was to go on. */
  "not-answered": { operation: OperationName; name: string; again: boolean };
}
