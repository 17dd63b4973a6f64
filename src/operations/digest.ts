import { createHash } from "node:crypto";
import { type ConfirmedState, stateHashInput } from "../plans/state-hash.ts";

/** The digest that a confirmation holds: 16 hexadecimal digits, the same for the same state. */
export function digestOfState(state: ConfirmedState): string {
  return createHash("sha256").update(stateHashInput(state)).digest("hex").slice(0, 16);
}
