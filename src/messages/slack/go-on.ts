import type { OperationRequest } from "../../operations/request.ts";
import type { Left } from "../../operations/says/sayings.ts";
import { buttons } from "../buttons.ts";
import { LEFTS } from "../en/operations/ends.ts";
import { GO_ON } from "../en/operations/plans.ts";
import { saidWords } from "../en/operations/said.ts";
import { say } from "../form.ts";
import { context, header, type Message, message, section } from "../message.ts";
import { oneLine, plain } from "../mrkdwn.ts";
import { slackForm } from "./form.ts";

/** Offers to go on with a recreation that ended after its deletion was asked for; `confirm` is what its buttons send back. */
export function goOnMessage(request: OperationRequest, left: Left, confirm: string): Message {
  const as = slackForm(true);
  const { deploymentName, outcome } = request;
  const title = GO_ON.title(oneLine(deploymentName, 90));
  return message("warning", plain(title), header(title), [
    section(outcome ? saidWords(outcome.said, as) : say(LEFTS, left, as)),
    section(GO_ON.created(request, as)),
    buttons(
      { action: "confirm", words: GO_ON.button, value: confirm, style: "primary" },
      { action: "dismiss", words: GO_ON.cancel, value: confirm },
    ),
    context(GO_ON.note),
  ]);
}
