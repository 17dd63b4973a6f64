import { words } from "../language.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/** Says that the guard cannot keep what it knows of a deployment or database; `why` is DynamoDB's own reason. */
export function unwritableMessage(what: string, why: string, as = slackForm(false)): Message {
  const { UNWRITABLE } = words;
  return message("critical", UNWRITABLE.title(what, inNotification), section(as.strong(UNWRITABLE.title(what, as))), [
    section(UNWRITABLE.why(why, as)),
    section(UNWRITABLE.next(what, as)),
    context(UNWRITABLE.runbook),
  ]);
}
