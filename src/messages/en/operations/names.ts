import type { Named } from "../../../deployments/find-deployment.ts";
import type { OperationName } from "../../../operations/index.ts";
import type { Asker } from "../../../operations/says/asker.ts";
import type { Form } from "../../form.ts";

/** What each operation is called: in "a recreation", what a card says that the guard is doing, and what a person wants it to do. */
export const OPERATION_WORDS: Record<OperationName, { noun: string; doing: string; verb: string }> = {
  recreate: { noun: "recreation", doing: "Recreating", verb: "delete and recreate" },
  switchover: { noun: "switchover", doing: "Switching over", verb: "switch over" },
};

/** The same of one that this version of the guard may not know. */
export const operationWords = (name: string): { noun: string; doing: string } =>
  Object.hasOwn(OPERATION_WORDS, name) ? OPERATION_WORDS[name as OperationName] : { noun: "operation", doing: "At work" };

/** A deployment in a sentence. */
export const called = ({ name }: Pick<Named, "name">, as: Form): string => as.code(name, 90);

/** Who wants an operation. */
export function whoAsks({ requestedBy, via, standsIn }: Asker, as: Form): string {
  if (standsIn) return "somebody (the request is lost)";
  return via === "policy" ? "the guard itself" : as.person(requestedBy);
}

/** Who wants an operation, and who approved it. */
export const askedBy = (asker: Asker, as: Form): string =>
  `Asked for by ${whoAsks(asker, as)}${asker.approvedBy ? `, approved by ${as.person(asker.approvedBy.by)}` : ""}`;
