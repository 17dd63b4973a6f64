import type { Form } from "../form.ts";

/** What an entry in the default channel says of where its deployment is told. */
export const standsIn = (channel: string, as: Form): string => `Its card and its thread stand in ${as.channel(channel)}.`;

/** What a card says of the channel that refuses it; `why` is Slack's answer. */
export const refusesCard = (channel: string, why: string, as: Form): string =>
  `${as.strong(`${as.channel(channel)} refuses this card, so it stands here.`)} ${as.text(why, 300)}`;

/** What a card says of a tag that names a channel which no setting lists. */
export const ignoresChannel = (tag: string, value: string, as: Form): string =>
  `The tag ${as.code(tag)} is ignored: the settings list no channel ${as.code(value, 60)}.`;
