import type { OperationRequest } from "../../operations/request.ts";
import type { Decision } from "../../operations/says/decision.ts";
import type { Left } from "../../operations/says/sayings.ts";
import { type Form, say } from "../form.ts";
import * as words from "../language.ts";
import { buttons } from "./buttons.ts";
import { mentioning } from "./called.ts";
import { IN_SLACK, inNotification } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";
import type { ShownPlan } from "./plan-message.ts";

/** What whoever approves a request sees of its plan. */
export type ShownToApprove = Pick<ShownPlan, "opening" | "body">;

/** Asks the other operators, in public, to approve what one of them has confirmed, with its whole plan; mentions those with the ids. */
export function approvalMessage(request: OperationRequest, requestId: string, plan: ShownToApprove, mentions: readonly string[]): Message {
  const title = section(IN_SLACK.strong(words.wants(request, IN_SLACK)));
  const asks = message("warning", words.wants(request, inNotification), title, [
    ...plan.opening,
    ...plan.body,
    buttons(
      { action: "approve", words: words.APPROVAL.approve, value: requestId, style: "primary" },
      { action: "reject", words: words.APPROVAL.reject, value: requestId },
    ),
    context(words.APPROVAL.until(request.validUntil, IN_SLACK)),
  ]);
  return mentioning(asks, mentions);
}

/** The plan of going on with a recreation that is half done. */
export function goOnPlan(request: OperationRequest, left: Left): ShownToApprove {
  const steps = words.goOnSteps(left, request, IN_SLACK);
  return { opening: [], body: [section(steps.map((step, index) => `${index + 1}. ${step}`).join("\n"))] };
}

/** Reminds those with the ids, once, of a request that nobody has answered. */
export function stillWaitsMessage(request: OperationRequest, mentions: readonly string[]): Message {
  const text = (as: Form) => words.APPROVAL.waits(words.wants(request, as));
  const waits = message("warning", text(inNotification), section(IN_SLACK.strong(text(IN_SLACK))), [
    context(words.APPROVAL.until(request.validUntil, IN_SLACK)),
  ]);
  return mentioning(waits, mentions);
}

/** The same message after the decision, without buttons. */
export function decidedMessage(request: OperationRequest, how: Decision): Message {
  const title = section(IN_SLACK.strong(words.wants(request, IN_SLACK)));
  const text = `${words.wants(request, inNotification)}: ${say(words.DECISIONS, how, inNotification)}`;
  return message("info", text, title, [section(say(words.DECISIONS, how, IN_SLACK))]);
}
