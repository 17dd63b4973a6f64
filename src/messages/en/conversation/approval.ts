import type { OperationRequest } from "../../../operations/request.ts";
import type { Form } from "../../form.ts";
import { OPERATION_WORDS } from "../operations/names.ts";

/** Who wants what, for whoever approves it. */
export function wants({ operation, requestedBy, resumed, deploymentName }: OperationRequest, as: Form): string {
  const { verb, noun } = OPERATION_WORDS[operation];
  const what = resumed ? `finish the ${noun} of` : verb;
  return `${as.person(resumed?.at(-1)?.by ?? requestedBy)} wants to ${what} ${as.text(deploymentName, 90)}`;
}

/** The words around the question whether an operator approves it. */
export const APPROVAL = {
  approve: "Approve",
  reject: "Reject",
  waits: (who: string): string => `Nobody has answered for 15 minutes: ${who}`,
  until: (validUntil: string, as: Form): string =>
    `Another operator has to approve it until ${as.time(validUntil)}. Whoever asked for it cannot.`,
};
