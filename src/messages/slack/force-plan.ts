import type { ForceFacts } from "../../operations/force.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import { buttons } from "./buttons.ts";
import { IN_SLACK, inHeader, inNotification } from "./form.ts";
import { context, header, type Message, message, section } from "./message.ts";

/** The plan for Slack, with its buttons; `confirm` is what they send back, and `note` comes before it. */
export function forcePlanMessage(facts: ForceFacts, confirm: string, note?: "force-changed"): Message {
  const { lines } = words.forceParts(facts, IN_SLACK);
  const title = (as: Form) => words.forceParts(facts, as).title;
  return message("warning", title(inNotification), header(title(inHeader)), [
    ...(note ? [section(words.PLAN_NOTES[note])] : []),
    section(lines.join("\n")),
    buttons(
      { action: "confirm", words: words.BUTTONS.force, value: confirm, style: "danger" },
      { action: "dismiss", words: words.GO_ON.cancel, value: confirm },
    ),
    context(words.GO_ON.note),
  ]);
}
