import type { OperationRequest } from "../../operations/request.ts";
import type { Left } from "../../operations/says/sayings.ts";
import { say } from "../form.ts";
import * as words from "../language.ts";
import { buttons } from "./buttons.ts";
import { IN_SLACK, inHeader, inNotification } from "./form.ts";
import { context, header, type Message, message, section } from "./message.ts";

/** Offers to go on with a recreation that ended after its deletion was asked for; `confirm` is what its buttons send back. */
export function goOnMessage(request: OperationRequest, left: Left, confirm: string): Message {
  const { deploymentName, outcome } = request;
  return message(
    "warning",
    words.GO_ON.title(inNotification.text(deploymentName, 90)),
    header(words.GO_ON.title(inHeader.text(deploymentName, 90))),
    [
      section(outcome ? words.saidWords(outcome.said, IN_SLACK) : say(words.LEFTS, left, IN_SLACK)),
      section(words.GO_ON.created(request, IN_SLACK)),
      buttons(
        { action: "confirm", words: words.GO_ON.button, value: confirm, style: "primary" },
        { action: "dismiss", words: words.GO_ON.cancel, value: confirm },
      ),
      context(words.GO_ON.note),
    ],
  );
}
