import * as words from "../language.ts";
import { buttons, offer } from "./buttons.ts";
import { IN_SLACK } from "./form.ts";
import { context, type Message } from "./message.ts";

/**
 * A message as it stands in the default channel, while the deployment's card and thread stand in `home`; with the button that shows the plan
 * of the recreation of `recreates`, a deployment's id, if that is offered.
 */
export function copied(
  { attachments: [body, ...others], ...message }: Message,
  home: string,
  recreates: string | undefined,
  as = IN_SLACK,
): Message {
  const offered = recreates === undefined ? [] : [buttons(offer("recreate", recreates))];
  const blocks = [...(body?.blocks ?? []), ...offered, context(words.standsIn(home, as))];
  return { ...message, attachments: [{ ...body, blocks }, ...others] };
}
