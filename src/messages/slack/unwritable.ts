import * as words from "../language.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/** Says that the guard cannot keep what it knows of a deployment or database; `why` is DynamoDB's own reason. */
export function unwritableMessage(what: string, why: string, as = slackForm(false)): Message {
  return message("critical", words.UNWRITABLE.title(what, inNotification), section(as.strong(words.UNWRITABLE.title(what, as))), [
    section(words.UNWRITABLE.why(why, as)),
    section(words.UNWRITABLE.next(what, as)),
    context(words.UNWRITABLE.runbook),
  ]);
}
