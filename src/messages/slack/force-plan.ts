import type { ForceFacts } from "../../operations/force.ts";
import { buttons } from "../buttons.ts";
import { forceParts } from "../en/operations/forced.ts";
import { GO_ON, PLAN_NOTES } from "../en/operations/plans.ts";
import { context, header, type Message, message, section } from "../message.ts";
import { oneLine, plain } from "../mrkdwn.ts";
import { slackForm } from "./form.ts";

/** The plan for Slack, with its buttons; `confirm` is what they send back, and `note` comes before it. */
export function forcePlanMessage(facts: ForceFacts, confirm: string, note?: "force-changed"): Message {
  const { title, lines } = forceParts(facts, slackForm(true));
  const heading = oneLine(title, 140);
  return message("warning", plain(heading), header(heading), [
    ...(note ? [section(PLAN_NOTES[note])] : []),
    section(lines.join("\n")),
    buttons(
      { action: "confirm", words: "End it by force", value: confirm, style: "danger" },
      { action: "dismiss", words: GO_ON.cancel, value: confirm },
    ),
    context(GO_ON.note),
  ]);
}
