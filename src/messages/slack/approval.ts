import type { OperationRequest } from "../../operations/request.ts";
import type { Decision } from "../../operations/says/decision.ts";
import { say } from "../form.ts";
import * as words from "../language.ts";
import { buttons } from "./buttons.ts";
import { IN_SLACK, inNotification } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/** Asks the other operators, in public, to approve what one of them has confirmed; `steps` are what is about to be done, in words. */
export function approvalMessage(request: OperationRequest, requestId: string, steps: readonly string[]): Message {
  const title = section(IN_SLACK.strong(words.wants(request, IN_SLACK)));
  return message("warning", words.wants(request, inNotification), title, [
    section(steps.map((step, index) => `${index + 1}. ${step}`).join("\n")),
    buttons(
      { action: "approve", words: words.APPROVAL.approve, value: requestId, style: "primary" },
      { action: "reject", words: words.APPROVAL.reject, value: requestId },
    ),
    context(words.APPROVAL.until(request.validUntil, IN_SLACK)),
  ]);
}

/** The same message after the decision, without buttons. */
export function decidedMessage(request: OperationRequest, how: Decision): Message {
  const title = section(IN_SLACK.strong(words.wants(request, IN_SLACK)));
  const text = `${words.wants(request, inNotification)}: ${say(words.DECISIONS, how, inNotification)}`;
  return message("info", text, title, [section(say(words.DECISIONS, how, IN_SLACK))]);
}
