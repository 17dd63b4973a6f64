import type { OperationRequest } from "../../operations/request.ts";
import type { Decision } from "../../operations/says/decision.ts";
import { buttons } from "../buttons.ts";
import { APPROVAL, wants } from "../en/conversation/approval.ts";
import { DECISIONS } from "../en/conversation/deciding.ts";
import { say } from "../form.ts";
import { context, type Message, message, section } from "../message.ts";
import { slackForm } from "./form.ts";

const AS = slackForm(true);

/** Asks the other operators, in public, to approve what one of them has confirmed; `steps` are what is about to be done, in words. */
export function approvalMessage(request: OperationRequest, requestId: string, steps: readonly string[]): Message {
  const title = wants(request, AS);
  return message("warning", title, section(AS.strong(title)), [
    section(steps.map((step, index) => `${index + 1}. ${step}`).join("\n")),
    buttons(
      { action: "approve", words: APPROVAL.approve, value: requestId, style: "primary" },
      { action: "reject", words: APPROVAL.reject, value: requestId },
    ),
    context(APPROVAL.until(request.validUntil, AS)),
  ]);
}

/** The same message after the decision, without buttons. */
export function decidedMessage(request: OperationRequest, how: Decision): Message {
  const title = wants(request, AS);
  const words = say(DECISIONS, how, AS);
  return message("info", `${title}: ${words}`, section(AS.strong(title)), [section(words)]);
}
