import { utc } from "../../deployments/time-words.ts";
import { OPERATIONS } from "../../operations/index.ts";
import type { OperationRequest } from "../../operations/request.ts";
import { buttons } from "./buttons.ts";
import { context, type Message, message, section } from "./message.ts";
import { plain } from "./mrkdwn.ts";

function titleOf({ operation, requestedBy, resumed, deploymentName }: OperationRequest): string {
  const { verb, noun } = OPERATIONS[operation];
  const wants = resumed ? `go on with the ${noun} of` : verb;
  return `${plain(resumed?.at(-1)?.by ?? requestedBy, 120)} wants to ${wants} ${plain(deploymentName, 90)}`;
}

/** Asks the other operators, in public, to approve what one of them has confirmed. */
export function approvalMessage(request: OperationRequest, requestId: string, steps: readonly string[]): Message {
  const title = titleOf(request);
  return message("warning", title, section(`*${title}*`), [
    section(steps.map((step, index) => `${index + 1}. ${plain(step, 300)}`).join("\n")),
    buttons(
      { action: "approve", words: "Approve", value: requestId, style: "primary" },
      { action: "reject", words: "Reject", value: requestId },
    ),
    context(`Another operator has to approve it until ${utc(request.validUntil)}. Its asker cannot.`),
  ]);
}

/** The same message after the decision, without buttons. */
export function decidedMessage(request: OperationRequest, how: string): Message {
  const title = titleOf(request);
  return message("info", `${title}: ${plain(how)}`, section(`*${title}*`), [section(plain(how))]);
}
