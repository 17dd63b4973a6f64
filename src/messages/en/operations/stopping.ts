import type { Person } from "../../../deployments/person.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Leaves } from "../../../standing/under-way.ts";
import type { Form } from "../../form.ts";
import { operationWords } from "./names.ts";

/** What exists if an operation stops now. */
export const LEAVES: Record<Leaves, string> = {
  everything: "Nothing has been deleted or renamed.",
  "maybe-no-green": "RDS may have begun to delete green, and nothing is created in its place.",
  "no-green": "Green is deleted already, and nothing is created in its place.",
  "maybe-green": "Green is deleted already, and RDS may have begun to build the new one.",
  "new-green": "RDS goes on building the new green.",
  switchover: "RDS goes on with the switchover that it has begun.",
  unknown: "The guard has lost its request, so it does not know what was changed in RDS.",
};

/**
 * What follows "It" once somebody has cancelled an operation under way: when it hears of that, and what it leaves. `isWoken` is true if it
 * waited and was woken.
 */
export function stopsWords(leaves: Leaves, isWoken: boolean): string {
  if (leaves === "switchover") {
    return `cannot stop any more: RDS was asked to switch over already. ${LEAVES.switchover} The guard changes nothing else.`;
  }
  // How often every wait looks: see docs/decisions/0008-how-often-it-looks.md.
  const when = isWoken ? "This takes up to ten seconds." : "This takes up to five minutes.";
  return `stops before its next change to RDS. RDS finishes what it has begun. ${LEAVES[leaves]} ${when}`;
}

/** What a card says while it stops. */
export function stopping({ operation }: Standing, { by, leaves }: { by: Person; leaves: Leaves }, as: Form): string {
  const { noun } = operationWords(operation?.name ?? "");
  return `Wait: ${as.person(by)} has stopped the ${noun}, and the guard makes no further change to RDS. ${LEAVES[leaves]}`;
}
